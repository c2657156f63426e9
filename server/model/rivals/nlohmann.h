// nlohmann/json as its documentation shows it: parse, then ask; build, then dump.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/model/rivals/documents.h"

namespace assay::model::rivals {

class NlohmannFill {
 public:
  using Value = nlohmann::json;

  static bool fill(const Value& value, std::string& out) {
    if (!value.is_string()) return false;
    out = value.get_ref<const std::string&>();
    return true;
  }
  static bool fill(const Value& value, double& out) {
    if (!value.is_number()) return false;
    out = value.get<double>();
    return true;
  }
  static bool fill(const Value& value, std::int64_t& out) {
    if (!value.is_number_integer()) return false;
    out = value.get<std::int64_t>();
    return true;
  }
  static bool fill(const Value& value, bool& out) {
    if (!value.is_boolean()) return false;
    out = value.get<bool>();
    return true;
  }
  template <class T>
  static bool fill(const Value& value, std::vector<T>& out) {
    if (!value.is_array()) return false;
    out.reserve(value.size());
    for (const Value& element : value) {
      if (!fill(element, out.emplace_back())) return false;
    }
    return true;
  }
  template <Model T>
  static bool fill(const Value& value, T& out) {
    if (!value.is_object()) return false;
    bool good = true;
    for_each_field<T>([&](const auto& field, std::size_t) {
      const auto found = value.find(field.name);
      good = good && found != value.end() && fill(*found, out.*(field.member));
    });
    return good;
  }

  template <class T>
  static Value made(const T& value) {
    return value;
  }
  template <class T>
  static Value made(const std::vector<T>& values) {
    Value array = Value::array();
    for (const T& value : values) array.push_back(made(value));
    return array;
  }
  template <Model T>
  static Value made(const T& value) {
    Value object = Value::object();
    for_each_field<T>([&](const auto& field, std::size_t) {
      object[std::string(field.name)] = made(value.*(field.member));
    });
    return object;
  }
};

struct Nlohmann {
  template <class T>
  class Reading {
   public:
    explicit Reading(std::string_view text) : text_(text) {}
    bool read(T& out) {
      const auto value = nlohmann::json::parse(text_, nullptr, false);
      return NlohmannFill::fill(value, out);
    }

   private:
    std::string_view text_;
  };

  template <class T>
  class Writing {
   public:
    explicit Writing(const T&) {}
    std::string_view write(const T& value) {
      out_ = NlohmannFill::made(value).dump();
      return out_;
    }

   private:
    std::string out_;
  };
};

}  // namespace assay::model::rivals
