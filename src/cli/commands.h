// The commands, each in a file of its own: flags in, words out.

#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

namespace parley {

/// Exit codes of every command.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitWrongUse = 2;
inline constexpr int kExitOverLimit = 3;

/// Each adds its command to `app`; when it is chosen it runs and leaves its exit code.
void AddCurateCommand(CLI::App& app, std::vector<std::pair<std::string, std::string>>& settings,
                      int& exit_code);
void AddExplainCommand(CLI::App& app, int& exit_code);
void AddVerifyCommand(CLI::App& app, int& exit_code);
void AddAuditCommand(CLI::App& app, int& exit_code);
void AddInspectCommand(CLI::App& app, int& exit_code);
void AddTagCommand(CLI::App& app, int& exit_code);
void AddDedupeCommand(CLI::App& app, int& exit_code);
void AddModerateCommand(CLI::App& app, int& exit_code);

/// Takes the recipe's keys given as flags ("--section.key VALUE", "--section.key=VALUE", "--order
/// …") out of `arguments`, because their names are the recipe's and not this program's to list.
std::vector<std::pair<std::string, std::string>> TakeRecipeFlags(
    std::vector<std::string>& arguments);

}  // namespace parley
