# cmake -DBUILD=… -DSOURCE=… -DCOMPILER=… -P install_test.cmake
#
# Installs the build into an empty folder, then configures, builds and runs the project in this
# folder against it, as a stranger would.

set(scratch ${BUILD}/install_test)
file(REMOVE_RECURSE ${scratch})
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE said)
  set(said "${said}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${scratch}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${scratch}/build -DCMAKE_PREFIX_PATH=${scratch}/prefix
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=Release)
run(${CMAKE_COMMAND} --build ${scratch}/build)
run(${scratch}/build/somebody_else)
if(NOT said MATCHES "message_length")
  message(FATAL_ERROR "the library printed no recipe:\n${said}")
endif()
file(REMOVE_RECURSE ${scratch})
