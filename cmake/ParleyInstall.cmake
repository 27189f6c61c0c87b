# What `cmake --install` lays out, in two components:
#
#   program      bin/parley, Arrow's libraries where they came out of the wheel, share/parley
#   development  libparley, include/parley, and the package that find_package(parley) finds
#
# libparley is one shared library of all the folders, so that a project that uses it needs neither
# the headers nor the names of what is inside.

include(CMakePackageConfigHelpers)
option(PARLEY_LIBRARY "Build libparley for other projects" ON)

function(parley_install)
  set(beside "$ORIGIN/../lib")
  if(TARGET parley)
    # The old kind of path, which also holds for the libraries that the libraries need.
    target_link_options(parley PRIVATE -Wl,--disable-new-dtags)
    set_target_properties(parley PROPERTIES INSTALL_RPATH "${beside}")
    install(TARGETS parley RUNTIME DESTINATION bin COMPONENT program)
  endif()
  install(FILES ${parley_arrow_so} ${parley_parquet_so} DESTINATION lib COMPONENT program)
  install(FILES LICENSE NOTICE DESTINATION share/doc/parley COMPONENT program)
  if(PARLEY_LIBRARY)
    parley_install_library()
  endif()
endfunction()

function(parley_install_library)
  get_property(folders GLOBAL PROPERTY PARLEY_FOLDER_TARGETS)
  get_property(libraries GLOBAL PROPERTY PARLEY_FOLDER_LIBRARIES)
  list(TRANSFORM folders REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)
  add_library(libparley SHARED ${objects})
  target_link_libraries(libparley PRIVATE ${libraries} Threads::Threads)
  target_compile_features(libparley INTERFACE cxx_std_23)
  target_include_directories(libparley INTERFACE $<INSTALL_INTERFACE:include>)
  set_target_properties(libparley PROPERTIES
    LINKER_LANGUAGE CXX OUTPUT_NAME parley EXPORT_NAME parley INSTALL_RPATH "$ORIGIN"
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  install(TARGETS libparley EXPORT parleyTargets LIBRARY DESTINATION lib COMPONENT development)
  install(DIRECTORY include/parley DESTINATION include COMPONENT development FILES_MATCHING PATTERN "*.h")

  set(package lib/cmake/parley)
  install(EXPORT parleyTargets NAMESPACE parley:: FILE parleyConfig.cmake DESTINATION ${package}
          COMPONENT development)
  write_basic_package_version_file(parleyConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/parleyConfigVersion.cmake DESTINATION ${package}
          COMPONENT development)
endfunction()
