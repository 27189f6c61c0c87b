# Arrow and Parquet: Apache's own packages where they are installed, else the C++ libraries that the
# pyarrow wheel carries (headers and .so files inside, without a CMake package), unpacked by ./run
# under .tools/python. Gives the target Parley::Arrow and PARLEY_ARROW_LIBRARY_FOLDER.

find_package(Arrow CONFIG QUIET)
find_package(Parquet CONFIG QUIET)
if(Arrow_FOUND AND Parquet_FOUND)
  add_library(Parley::Arrow INTERFACE IMPORTED)
  target_link_libraries(Parley::Arrow INTERFACE Parquet::parquet_shared Arrow::arrow_shared)
  set(ParleyArrow_FOUND TRUE)
  return()
endif()

set(PARLEY_PYARROW "${CMAKE_SOURCE_DIR}/.tools/python/lib/pyarrow" CACHE PATH "An unpacked pyarrow wheel's folder")
file(GLOB parley_arrow_so ${PARLEY_PYARROW}/libarrow.so.*)
file(GLOB parley_parquet_so ${PARLEY_PYARROW}/libparquet.so.*)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(ParleyArrow
  REASON_FAILURE_MESSAGE "no Arrow found: run ./run build, which unpacks pyarrow into .tools/"
  REQUIRED_VARS parley_arrow_so parley_parquet_so)
if(ParleyArrow_FOUND AND NOT TARGET Parley::Arrow)
  set(PARLEY_ARROW_LIBRARY_FOLDER ${PARLEY_PYARROW})
  add_library(Parley::Arrow INTERFACE IMPORTED)
  target_include_directories(Parley::Arrow SYSTEM INTERFACE ${PARLEY_PYARROW}/include)
  target_link_libraries(Parley::Arrow INTERFACE ${parley_parquet_so} ${parley_arrow_so})
endif()
