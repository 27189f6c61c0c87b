// From the INPUT… of a command to the files they stand for.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/record_reader.h"
#include "parley/status.h"

namespace parley {

/// Every file that `inputs` stand for, looked at (see `LookAt`): an INPUT is a file, a folder with
/// all that lies in it, or a glob such as "logs/2023-*/*.gz".
///
/// In the order of the inputs, within one in that of the names, byte by byte. A name is relative to
/// its INPUT: to the folder, to the part of a glob that has no wildcard, to a file's own folder. If
/// a name is taken already by an earlier INPUT, the file's is "N/" and its name, N being the number
/// of its INPUT from 1. A file reached twice, also through a link, counts once.
///
/// Inside folders and globs, hidden files and folders (".git", ".DS_Store") and whatever is no
/// regular file are passed over, and links to folders are not followed; links to files are. Named
/// outright, a hidden one counts.
///
/// NotFound if an INPUT is not there or a glob matches nothing; Invalid if it is no regular file
/// (standard input is spooled before it comes here); Io if a file cannot be read. A folder may
/// yield nothing.
Result<std::vector<InputFile>> FindInputs(const std::vector<std::string>& inputs,
                                          std::string_view format);

}  // namespace parley
