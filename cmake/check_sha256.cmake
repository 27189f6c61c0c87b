# cmake -DFILE=… -DSHA256=… -P check_sha256.cmake: fails unless the file has that digest.
file(SHA256 "${FILE}" found)
if(NOT found STREQUAL SHA256)
  message(FATAL_ERROR "${FILE} has SHA-256 ${found}, not ${SHA256}")
endif()
