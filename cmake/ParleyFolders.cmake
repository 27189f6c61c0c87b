# A folder of src/ is a library of its own that links only the folders below it; its tests, fuzz
# targets and benchmarks lie beside the sources and are found by their names.
#
#   parley_folder(NAME
#     DEPENDS folders    the folders right below; theirs come along
#     LIBRARIES targets  third-party libraries
#     HEADERS prefixes   third-party headers that this folder alone may include ("openssl/", "zlib.h")
#     FACE headers)      the headers of include/parley that it implements, besides NAME.h
#
# NAME_test.cc   goes into the program parley_<folder>_test
# NAME_bench.cc  goes into the program parley_<folder>_bench, built on demand
# NAME_fuzz.cc   becomes the program NAME_fuzz, with libFuzzer in the fuzz preset; elsewhere it
#                replays tests/corpus/NAME, and ctest does so
#
# What is declared here is also what `ctest -R layers` holds every include against: it reads
# layers.json, written by parley_write_layers() at the end.

set(parley_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_BUILD_TYPE STREQUAL Release)
  # At -O3 GCC 12 follows branches of a std::visit that the variant never takes, and finds faults
  # there. What is real, the sanitizers find.
  list(APPEND parley_warnings -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow
       -Wno-stringop-overread -Wno-restrict -Wno-free-nonheap-object)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  # libstdc++ 12 calls its own deprecated std::get_temporary_buffer from std::stable_sort.
  list(APPEND parley_warnings -Wno-deprecated-declarations)
endif()
option(PARLEY_TESTS "Build the tests" ON)
option(PARLEY_WHOLE_TEST_PROGRAMS "One ctest test a program, not one a TEST()" OFF)
option(PARLEY_LIBFUZZER "Link the fuzz targets with libFuzzer (Clang alone has it)" OFF)

add_custom_target(parley_unit_tests)

function(parley_folder name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;HEADERS;FACE" ${ARGN})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  set(sources ${files})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz|bench)\\.cc$")
  if(NOT sources)
    set(sources ${CMAKE_SOURCE_DIR}/cmake/empty.cc)
  endif()
  add_library(parley_${name} STATIC ${sources})
  target_include_directories(parley_${name} PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
  target_compile_options(parley_${name} PRIVATE ${parley_warnings})
  list(TRANSFORM arg_DEPENDS PREPEND parley_ OUTPUT_VARIABLE below)
  target_link_libraries(parley_${name} PUBLIC ${below} ${arg_LIBRARIES} Threads::Threads)
  set_property(GLOBAL APPEND PROPERTY PARLEY_FOLDER_TARGETS parley_${name})
  set_property(GLOBAL APPEND PROPERTY PARLEY_FOLDER_LIBRARIES ${arg_LIBRARIES})
  parley_note_layer(${name} DEPENDS ${arg_DEPENDS} HEADERS ${arg_HEADERS} FACE ${name}.h ${arg_FACE})
  if(PARLEY_TESTS)
    parley_add_tests(${name} ${files})
    parley_add_fuzz_targets(${name} ${files})
    parley_add_benchmarks(${name} ${files})
  endif()
endfunction()

function(parley_add_tests name)
  set(tests ${ARGN})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  if(NOT tests)
    return()
  endif()
  set(program parley_${name}_test)
  add_executable(${program} ${tests})
  target_compile_options(${program} PRIVATE ${parley_warnings})
  target_compile_definitions(${program} PRIVATE PARLEY_SOURCE_FOLDER="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${program} PRIVATE parley_${name} GTest::gmock GTest::gtest_main)
  add_dependencies(${program} parley_data_files)
  add_dependencies(parley_unit_tests ${program})
  if(PARLEY_WHOLE_TEST_PROGRAMS)
    add_test(NAME ${program} COMMAND ${program})
  else()
    gtest_discover_tests(${program} DISCOVERY_MODE PRE_TEST)
  endif()
endfunction()

function(parley_add_fuzz_targets name)
  set(targets ${ARGN})
  list(FILTER targets INCLUDE REGEX "_fuzz\\.cc$")
  foreach(source ${targets})
    cmake_path(GET source STEM program)
    string(REGEX REPLACE "_fuzz$" "" corpus ${program})
    add_executable(${program} ${source})
    target_compile_options(${program} PRIVATE ${parley_warnings})
    target_link_libraries(${program} PRIVATE parley_${name})
    add_dependencies(parley_unit_tests ${program})
    if(PARLEY_LIBFUZZER)
      target_link_options(${program} PRIVATE -fsanitize=fuzzer)
    else()
      target_sources(${program} PRIVATE ${CMAKE_SOURCE_DIR}/tests/corpus/replay_main.cc)
      add_test(NAME ${program} COMMAND ${program} ${CMAKE_SOURCE_DIR}/tests/corpus/${corpus})
    endif()
  endforeach()
endfunction()

function(parley_add_benchmarks name)
  set(benchmarks ${ARGN})
  list(FILTER benchmarks INCLUDE REGEX "_bench\\.cc$")
  if(benchmarks)
    add_executable(parley_${name}_bench EXCLUDE_FROM_ALL ${benchmarks})
    target_compile_options(parley_${name}_bench PRIVATE ${parley_warnings})
    target_compile_definitions(parley_${name}_bench PRIVATE
      PARLEY_SOURCE_FOLDER="${CMAKE_SOURCE_DIR}")
    target_link_libraries(parley_${name}_bench PRIVATE parley_${name} benchmark::benchmark_main)
  endif()
endfunction()

# A program whose sources lie in src/FOLDER and include, of the project, only include/parley and
# their own folder.
function(parley_program name)
  cmake_parse_arguments(arg "" "FOLDER" "DEPENDS;LIBRARIES;HEADERS" ${ARGN})
  parley_note_layer(${arg_FOLDER} FACE_ONLY DEPENDS ${arg_DEPENDS} HEADERS ${arg_HEADERS})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${arg_FOLDER}/*.cc)
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_compile_options(${name} PRIVATE ${parley_warnings})
  list(TRANSFORM arg_DEPENDS PREPEND parley_)
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS} ${arg_LIBRARIES})
  add_dependencies(${name} parley_data_files)
endfunction()

# Remembers one folder's rules as a line of JSON.
function(parley_note_layer name)
  cmake_parse_arguments(arg "FACE_ONLY" "" "DEPENDS;HEADERS;FACE" ${ARGN})
  foreach(list DEPENDS HEADERS FACE)
    list(TRANSFORM arg_${list} REPLACE "(.+)" "\"\\1\"")
    list(JOIN arg_${list} ", " ${list})
  endforeach()
  string(TOLOWER "${arg_FACE_ONLY}" face_only)
  set_property(GLOBAL APPEND PROPERTY PARLEY_LAYERS
    "  \"${name}\": {\"depends\": [${DEPENDS}], \"headers\": [${HEADERS}], \"face\": [${FACE}], \"face_only\": ${face_only}}")
endfunction()

function(parley_write_layers)
  get_property(layers GLOBAL PROPERTY PARLEY_LAYERS)
  list(JOIN layers ",\n" layers)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/layers.json CONTENT "{\n${layers}\n}\n" @ONLY)
endfunction()
