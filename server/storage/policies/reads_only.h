// Whether the text of a statement says by itself that it only reads. Pure, and done while
// compiling.
//
// In doubt it does not: then the query is had a connection for that may write, and costs a little
// more. SELECT, VALUES and EXPLAIN never write; WITH may stand before any of them or before
// INSERT, REPLACE, UPDATE and DELETE.
#pragma once
#include <cstddef>
#include <string_view>

namespace assay::storage {

constexpr bool is_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         character == '_';
}

// Takes the next run of letters off `sql`, with all that stands before it. Empty: there is none.
constexpr std::string_view take_word(std::string_view& sql) {
  while (!sql.empty() && !is_letter(sql.front())) sql.remove_prefix(1);
  std::string_view word = sql;
  while (!sql.empty() && is_letter(sql.front())) sql.remove_prefix(1);
  return word.substr(0, word.size() - sql.size());
}

constexpr bool is_word(std::string_view word, std::string_view lower_case) {
  if (word.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto upper_case = static_cast<char>(lower_case[i] - ('a' - 'A'));
    if (word[i] != lower_case[i] && word[i] != upper_case) return false;
  }
  return true;
}

constexpr bool reads_only(std::string_view sql) {
  while (!sql.empty() && (sql.front() == ' ' || sql.front() == '\n')) sql.remove_prefix(1);
  if (sql.empty() || !is_letter(sql.front())) return false;  // a comment, say
  const std::string_view verb = take_word(sql);
  if (is_word(verb, "select") || is_word(verb, "values") || is_word(verb, "explain")) return true;
  if (!is_word(verb, "with")) return false;
  for (auto word = take_word(sql); !word.empty(); word = take_word(sql)) {
    for (const std::string_view writes : {"insert", "replace", "update", "delete"}) {
      if (is_word(word, writes)) return false;
    }
  }
  return true;
}

}  // namespace assay::storage
