// What a value on the command line may be. Each says what is wrong in words that name the wish.
#pragma once
#include <CLI/CLI.hpp>

namespace assay {

CLI::Validator number_between(unsigned long long low, unsigned long long high);
CLI::Validator seconds_or_none();
CLI::Validator address();
CLI::Validator not_empty();
CLI::Validator database_path();  // a file's, or :memory:  // a path

}  // namespace assay
