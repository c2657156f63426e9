// RapidJSON: its events straight into the struct, without a DOM, and its Writer straight from it.
// It neither checks UTF-8 here nor rounds all doubles correctly, as it would with flags that make
// it slower. (What needs its document.h, newer versions of clang do not compile.)
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "server/model/rivals/documents.h"

namespace assay::model::rivals {

// Where the next value goes, and what it may be; a null function refuses it.
struct Place {
  void* to = nullptr;
  const struct Kind* kind = nullptr;
};
struct Kind {
  bool (*text)(void* to, std::string_view value) = nullptr;
  bool (*number)(void* to, double value) = nullptr;
  bool (*integer)(void* to, std::int64_t value) = nullptr;
  bool (*truth)(void* to, bool value) = nullptr;
  Place (*member)(void* to, std::string_view name, std::uint64_t& seen) = nullptr;
  Place (*element)(void* to) = nullptr;
  std::uint64_t members = 0;  // a bit each
};

template <class T>
struct KindOf;
template <>
struct KindOf<std::string> {
  static constexpr Kind kind{.text = [](void* to, std::string_view value) {
    static_cast<std::string*>(to)->assign(value);
    return true;
  }};
};
template <>
struct KindOf<double> {
  static constexpr Kind kind{.number =
                                 [](void* to, double value) {
                                   *static_cast<double*>(to) = value;
                                   return true;
                                 },
                             .integer =
                                 [](void* to, std::int64_t value) {
                                   *static_cast<double*>(to) = static_cast<double>(value);
                                   return true;
                                 }};
};
template <>
struct KindOf<std::int64_t> {
  static constexpr Kind kind{.integer = [](void* to, std::int64_t value) {
    *static_cast<std::int64_t*>(to) = value;
    return true;
  }};
};
template <>
struct KindOf<bool> {
  static constexpr Kind kind{.truth = [](void* to, bool value) {
    *static_cast<bool*>(to) = value;
    return true;
  }};
};
template <class T>
struct KindOf<std::vector<T>> {
  static constexpr Kind kind{.element = [](void* to) {
    auto& list = *static_cast<std::vector<T>*>(to);
    if (list.capacity() == 0) list.reserve(4);  // as ours does
    return Place{&list.emplace_back(), &KindOf<T>::kind};
  }};
};
template <Model T>
struct KindOf<T> {
  // The members in their order, the one behind the last seen first.
  static Place member(void* to, std::string_view name, std::uint64_t& seen) {
    Place found;
    for_each_field<T>([&](const auto& field, std::size_t index) {
      using Value = typename std::remove_cvref_t<decltype(field)>::Value;
      if (found.kind != nullptr || (seen >> index & 1U) != 0 || field.name != name) return;
      seen |= std::uint64_t{1} << index;
      found = {&(static_cast<T*>(to)->*(field.member)), &KindOf<Value>::kind};
    });
    return found;
  }
  static constexpr Kind kind{.member = &member, .members = (std::uint64_t{1} << field_count<T>)-1};
};

class RapidjsonEvents {
 public:
  explicit RapidjsonEvents(Place root) : root_(root) {}

  bool Null() { return false; }
  bool Bool(bool value) {
    const Place place = next();
    return place.kind->truth != nullptr && place.kind->truth(place.to, value);
  }
  bool Int(int value) { return Int64(value); }
  bool Uint(unsigned value) { return Int64(value); }
  bool Int64(std::int64_t value) {
    const Place place = next();
    return place.kind->integer != nullptr && place.kind->integer(place.to, value);
  }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double value) {
    const Place place = next();
    return place.kind->number != nullptr && place.kind->number(place.to, value);
  }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    const Place place = next();
    return place.kind->text != nullptr && place.kind->text(place.to, {text, size});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    Level& level = levels_[depth_ - 1];
    level.value = level.place.kind->member(level.place.to, {text, size}, level.seen);
    return level.value.kind != nullptr;
  }
  bool StartObject() { return enter(next(), true); }
  bool EndObject(rapidjson::SizeType) {
    const Level& level = levels_[--depth_];
    return level.seen == level.place.kind->members;
  }
  bool StartArray() { return enter(next(), false); }
  bool EndArray(rapidjson::SizeType) {
    --depth_;
    return true;
  }

 private:
  struct Level {
    Place place;
    Place value;  // of the member whose name was read
    std::uint64_t seen = 0;
  };
  Place next() {
    if (depth_ == 0) return root_;
    const Level& level = levels_[depth_ - 1];
    return level.place.kind->element != nullptr ? level.place.kind->element(level.place.to)
                                                : level.value;
  }
  bool enter(Place place, bool object) {
    if (depth_ == levels_.size()) return false;
    if (object ? place.kind->member == nullptr : place.kind->element == nullptr) return false;
    levels_[depth_++] = {place, {}, 0};
    return true;
  }

  Place root_;
  std::size_t depth_ = 0;
  std::array<Level, 16> levels_;
};

struct Rapidjson {
  template <class T>
  class Reading {
   public:
    explicit Reading(std::string_view text) : text_(text) {}
    bool read(T& out) {
      rapidjson::StringStream stream(text_.c_str());
      RapidjsonEvents events({&out, &KindOf<T>::kind});
      return !reader_.Parse(stream, events).IsError();
    }

   private:
    std::string text_;
    rapidjson::Reader reader_;
  };

  template <class T>
  class Writing {
   public:
    explicit Writing(const T&) {}
    std::string_view write(const T& value) {
      buffer_.Clear();
      rapidjson::Writer<rapidjson::StringBuffer> writer(buffer_);
      put(writer, value);
      return {buffer_.GetString(), buffer_.GetSize()};
    }

   private:
    using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
    static void put(Writer& writer, const std::string& value) {
      writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    static void put(Writer& writer, double value) { writer.Double(value); }
    static void put(Writer& writer, std::int64_t value) { writer.Int64(value); }
    static void put(Writer& writer, bool value) { writer.Bool(value); }
    template <class V>
    static void put(Writer& writer, const std::vector<V>& values) {
      writer.StartArray();
      for (const V& value : values) put(writer, value);
      writer.EndArray();
    }
    template <Model V>
    static void put(Writer& writer, const V& value) {
      writer.StartObject();
      for_each_field<V>([&](const auto& field, std::size_t) {
        writer.Key(field.name.data(), static_cast<rapidjson::SizeType>(field.name.size()));
        put(writer, value.*(field.member));
      });
      writer.EndObject();
    }

    rapidjson::StringBuffer buffer_;
  };
};

}  // namespace assay::model::rivals
