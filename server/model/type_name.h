// What a model is called in a schema: its type's own name without namespaces, "Item".
//
// The arguments of a template follow with underscores, as FastAPI has it: Page<Item> is
// "Page_Item_". `static constexpr std::string_view model_name` in the model says otherwise.
// Compile-time only.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

namespace assay::model {

template <class T>
concept NamesItself = requires { std::string_view(T::model_name); };

template <std::size_t Most>
struct NameText {
  std::array<char, Most> characters{};
  std::size_t size = 0;
  constexpr void put(char c) { characters[size++] = c; }
};

// As the compiler spells the type in the name of this function.
template <class Subject>
constexpr std::string_view spelled_type() {
  constexpr std::string_view start = "Subject = ";
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find(start) + start.size());
  // gcc goes on with what std::string_view stands for.
  return text.substr(0, text.find(';') == text.npos ? text.find_last_of(']') : text.find(';'));
}

constexpr bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Drops each qualifier: all from the start of a word up to "::".
template <std::size_t Most>
constexpr NameText<Most> short_name(std::string_view spelled) {
  NameText<Most> name;
  std::size_t word = 0;  // where the present one starts in the name
  for (std::size_t i = 0; i < spelled.size(); ++i) {
    if (spelled.substr(i).starts_with("::")) {
      name.size = word;
      ++i;
    } else if (is_name_character(spelled[i])) {
      name.put(spelled[i]);
    } else if (spelled[i] == '(' || spelled[i] == '{') {  // an anonymous namespace
      i = spelled.find(spelled[i] == '(' ? ')' : '}', i);
    } else if (spelled[i] != ' ') {
      name.put('_');
      word = name.size;
    }
  }
  return name;
}

template <class T>
inline constexpr auto short_name_of = short_name<spelled_type<T>().size()>(spelled_type<T>());

template <class T>
constexpr std::string_view type_name() {
  if constexpr (NamesItself<T>) {
    return T::model_name;
  } else {
    return {short_name_of<T>.characters.data(), short_name_of<T>.size};
  }
}

}  // namespace assay::model
