#include "workloads/written_workload.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace assay::workloads {
namespace {

using Folder = std::filesystem::path;

std::string content_of(const Folder& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(fmt::format("there is no {}", path.string()));
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string text_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

const toml::table& table_of(const toml::table& table, std::string_view key) {
  const toml::table* const found = table[key].as_table();
  if (found == nullptr) throw std::runtime_error(fmt::format("a table \"{}\" is missing", key));
  return *found;
}

// One value, or a list of such.
template <class T>
std::vector<T> one_or_several(const toml::table& table, std::string_view key) {
  std::vector<T> values;
  if (const toml::array* const list = table[key].as_array()) {
    for (const toml::node& node : *list) values.push_back(node.value<T>().value());
  } else if (const auto value = table[key].value<T>()) {
    values.push_back(*value);
  }
  return values;
}

std::vector<std::string> texts_of(const toml::table& reply, const Folder& folder) {
  if (reply.contains("body")) return {content_of(folder / text_of(reply, "body"))};
  return one_or_several<std::string>(reply, reply.contains("texts") ? "texts" : "text");
}

Exchange exchange_of(const toml::table& written, const Folder& folder) {
  const toml::table& request = table_of(written, "request");
  const toml::table& reply = table_of(written, "reply");
  Exchange exchange{text_of(request, "method"),
                    text_of(request, "path"),
                    text_of(request, "type"),
                    {},
                    one_or_several<std::int64_t>(reply, "status"),
                    text_of(reply, "type"),
                    texts_of(reply, folder)};
  if (request.contains("body")) exchange.body = content_of(folder / text_of(request, "body"));
  return exchange;
}

// The request that differs each time; the rest is as in the workload's own.
Exchange check_of(const toml::table& check, Exchange exchange, const Folder& folder) {
  exchange.path = text_of(check, "path");
  if (check.contains("status")) {  // of what does not fit: any text will do
    exchange.statuses = one_or_several<std::int64_t>(check, "status");
    exchange.texts.clear();
    exchange.reply_type.clear();
  }
  if (check.contains("body")) exchange.body = content_of(folder / text_of(check, "body"));
  if (check.contains("text")) exchange.texts = {text_of(check, "text")};
  const std::string reply = text_of(check, "reply");
  exchange.is_echo = reply == "echo";
  if (!exchange.is_echo && !reply.empty()) exchange.texts = {content_of(folder / reply)};
  return exchange;
}

Variant variant_of(std::string name, const toml::table& written, const Folder& folder) {
  Variant variant{std::move(name), {}};
  if (const toml::array* const mix = written["mix"].as_array()) {
    for (const toml::node& part : *mix) {
      variant.exchanges.push_back(exchange_of(*part.as_table(), folder));
    }
    return variant;
  }
  variant.exchanges.push_back(exchange_of(written, folder));
  const auto add = [&](const toml::table& check) {
    variant.exchanges.push_back(check_of(check, variant.exchanges.front(), folder));
  };
  if (const toml::table* const check = written["check"].as_table()) add(*check);
  if (const toml::array* const checks = written["check"].as_array()) {
    for (const toml::node& check : *checks) add(*check.as_table());
  }
  return variant;
}

void replace_all(std::string& text, std::string_view part, std::string_view instead) {
  for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += instead.size()) {
    text.replace(at, part.size(), instead);
  }
}

std::int64_t number_at(std::string_view text, std::size_t at) {
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data() + at, text.data() + text.size(), number);
  if (parsed.ec != std::errc()) throw std::runtime_error("a number is missing in {random:a:b}");
  return number;
}

void draw_into(std::string& text, std::mt19937_64& random, std::vector<std::string>& numbers) {
  constexpr std::string_view opening = "{random:";
  for (std::size_t at = 0; (at = text.find(opening, at)) != text.npos;) {
    const std::size_t colon = text.find(':', at + opening.size());
    const std::size_t end = text.find('}', at);
    std::uniform_int_distribution<std::int64_t> range(number_at(text, at + opening.size()),
                                                      number_at(text, colon + 1));
    numbers.push_back(std::to_string(range(random)));
    text.replace(at, end + 1 - at, numbers.back());
  }
}

}  // namespace

std::vector<Variant> variants_of(const Folder& folder) {
  const toml::table written = toml::parse_file((folder / "workload.toml").string());
  const std::string name = folder.filename().string();
  std::vector<Variant> all;
  if (written.contains("request") || written.contains("mix")) {
    all.push_back(variant_of(name, written, folder));
  }
  const toml::table* const variants = written["variants"].as_table();
  if (variants == nullptr) return all;
  for (const auto& [key, variant] : *variants) {
    all.push_back(variant_of(fmt::format("{}@{}", name, key.str()), *variant.as_table(), folder));
  }
  return all;
}

std::vector<Variant> all_variants(const Folder& workloads) {
  std::vector<Folder> folders;
  for (const auto& entry : std::filesystem::directory_iterator(workloads)) {
    if (exists(entry.path() / "workload.toml")) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  std::vector<Variant> all;
  for (const Folder& folder : folders) {
    std::vector<Variant> variants = variants_of(folder);
    std::move(variants.begin(), variants.end(), std::back_inserter(all));
  }
  return all;
}

Exchange drawn(const Exchange& exchange, std::mt19937_64& random) {
  Exchange made = exchange;
  std::vector<std::string> numbers;
  draw_into(made.path, random, numbers);
  draw_into(made.body, random, numbers);
  for (std::string& text : made.texts) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      replace_all(text, fmt::format("{{{}}}", i + 1), numbers[i]);
    }
  }
  if (made.is_echo) made.texts = {made.body};
  return made;
}

bool is_like(std::string_view text, std::string_view pattern) {
  constexpr std::string_view digits = "{digits}";
  const std::size_t at = std::min(pattern.find(digits), pattern.size());
  if (text.substr(0, at) != pattern.substr(0, at)) return false;
  if (at == pattern.size()) return text.size() == at;
  text.remove_prefix(at);
  const std::size_t number = std::min(text.find_first_not_of("0123456789"), text.size());
  return number > 0 && is_like(text.substr(number), pattern.substr(at + digits.size()));
}

}  // namespace assay::workloads
