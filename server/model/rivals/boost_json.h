// Boost.JSON: a DOM in a monotonic resource over memory that is reused, and a reused serializer.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "server/model/rivals/documents.h"

namespace assay::model::rivals {

class BoostJsonFill {
 public:
  using Value = boost::json::value;

  static bool fill(const Value& value, std::string& out) {
    const auto* text = value.if_string();
    if (text == nullptr) return false;
    out.assign(text->data(), text->size());
    return true;
  }
  static bool fill(const Value& value, double& out) {
    if (const auto* number = value.if_double()) {
      out = *number;
    } else if (const auto* integer = value.if_int64()) {
      out = static_cast<double>(*integer);
    } else {
      return false;
    }
    return true;
  }
  static bool fill(const Value& value, std::int64_t& out) {
    const auto* number = value.if_int64();
    if (number != nullptr) out = *number;
    return number != nullptr;
  }
  static bool fill(const Value& value, bool& out) {
    const auto* truth = value.if_bool();
    if (truth != nullptr) out = *truth;
    return truth != nullptr;
  }
  template <class T>
  static bool fill(const Value& value, std::vector<T>& out) {
    const auto* array = value.if_array();
    if (array == nullptr) return false;
    out.reserve(array->size());
    for (const Value& element : *array) {
      if (!fill(element, out.emplace_back())) return false;
    }
    return true;
  }
  template <Model T>
  static bool fill(const Value& value, T& out) {
    const auto* object = value.if_object();
    if (object == nullptr) return false;
    bool good = true;
    auto next = object->begin();  // where the member is if they come in order
    for_each_field<T>([&](const auto& field, std::size_t) {
      good = good && member(*object, next, field.name, out.*(field.member));
    });
    return good;
  }

  static Value made(const std::string& value, const boost::json::storage_ptr& memory) {
    return Value(boost::json::string_view(value.data(), value.size()), memory);
  }
  template <class T>
    requires std::is_arithmetic_v<T>
  static Value made(T value, const boost::json::storage_ptr& memory) {
    return Value(value, memory);
  }
  template <class T>
  static Value made(const std::vector<T>& values, const boost::json::storage_ptr& memory) {
    boost::json::array array(memory);
    array.reserve(values.size());
    for (const T& value : values) array.emplace_back(made(value, memory));
    return Value(std::move(array));
  }
  template <Model T>
  static Value made(const T& value, const boost::json::storage_ptr& memory) {
    boost::json::object object(field_count<T>, memory);
    for_each_field<T>([&](const auto& field, std::size_t) {
      object.emplace(boost::json::string_view(field.name.data(), field.name.size()),
                     made(value.*(field.member), memory));
    });
    return Value(std::move(object));
  }

 private:
  template <class T>
  static bool member(const boost::json::object& object, boost::json::object::const_iterator& next,
                     std::string_view name, T& out) {
    const boost::json::string_view wanted(name.data(), name.size());
    if (next == object.end() || next->key() != wanted) next = object.find(wanted);
    return next != object.end() && fill((next++)->value(), out);
  }
};

struct BoostJson {
  template <class T>
  class Reading {
   public:
    explicit Reading(std::string_view text) : text_(text), memory_(1024 + text.size() * 8) {}
    bool read(T& out) {
      boost::json::monotonic_resource resource(memory_.data(), memory_.size());
      boost::json::error_code error;
      parser_.reset(&resource);
      parser_.write(text_.data(), text_.size(), error);
      const bool good = !error && BoostJsonFill::fill(parser_.release(), out);
      parser_.reset();
      return good;
    }

   private:
    std::string_view text_;
    std::vector<unsigned char> memory_;
    boost::json::parser parser_;
  };

  template <class T>
  class Writing {
   public:
    explicit Writing(const T& value) : memory_(1024 + to_json(value).size() * 8) {}
    std::string_view write(const T& value) {
      boost::json::monotonic_resource resource(memory_.data(), memory_.size());
      const boost::json::value made = BoostJsonFill::made(value, &resource);
      serializer_.reset(&made);
      out_.clear();
      char piece[4096];
      while (!serializer_.done()) {
        const auto text = serializer_.read(piece);
        out_.append(text.data(), text.size());
      }
      return out_;
    }

   private:
    std::vector<unsigned char> memory_;
    boost::json::serializer serializer_;
    std::string out_;
  };
};

}  // namespace assay::model::rivals
