// simdjson on-demand: parser reused, text padded beforehand, members asked for in their order.
// Version 3.0 writes no structs: what it writes here is a document that it has parsed before.
#pragma once
#include <simdjson.h>

#include <string>
#include <string_view>

#include "server/model/rivals/documents.h"

namespace assay::model::rivals {

class SimdjsonFill {
 public:
  using Object = simdjson::ondemand::object;

  static bool fill(Object object, Small& out) {
    return text(object, "name", out.name) && text(object, "description", out.description) &&
           !object.find_field("price").get_double().get(out.price) &&
           !object.find_field("tax").get_double().get(out.tax);
  }
  static bool fill(Object object, Country& out) {
    return text(object, "name", out.name) && text(object, "code", out.code);
  }
  static bool fill(Object object, Address& out) {
    return text(object, "street", out.street) && text(object, "city", out.city) &&
           inner(object, "country", out.country);
  }
  static bool fill(Object object, Seller& out) {
    return text(object, "name", out.name) && inner(object, "address", out.address);
  }
  static bool fill(Object object, Nested& out) {
    return text(object, "name", out.name) &&
           !object.find_field("price").get_double().get(out.price) &&
           inner(object, "seller", out.seller);
  }
  static bool fill(Object object, Item& out) {
    return !object.find_field("id").get_int64().get(out.id) && text(object, "name", out.name) &&
           !object.find_field("price").get_double().get(out.price) &&
           !object.find_field("stock").get_int64().get(out.stock) &&
           !object.find_field("active").get_bool().get(out.active) && tags(object, out.tags) &&
           inner(object, "made_in", out.made_in);
  }
  static bool fill(Object object, Catalogue& out) {
    return text(object, "shop", out.shop) && !object.find_field("page").get_int64().get(out.page) &&
           !object.find_field("total").get_double().get(out.total) &&
           !object.find_field("complete").get_bool().get(out.complete) && items(object, out.items);
  }

 private:
  static bool text(Object& object, std::string_view name, std::string& out) {
    std::string_view view;
    if (object.find_field(name).get_string().get(view)) return false;
    out.assign(view);
    return true;
  }
  template <class T>
  static bool inner(Object& object, std::string_view name, T& out) {
    Object found;
    return !object.find_field(name).get_object().get(found) && fill(found, out);
  }
  static bool tags(Object& object, std::vector<std::string>& out) {
    simdjson::ondemand::array array;
    if (object.find_field("tags").get_array().get(array)) return false;
    out.reserve(4);  // as ours does
    for (auto element : array) {
      std::string_view view;
      if (element.get_string().get(view)) return false;
      out.emplace_back(view);
    }
    return true;
  }
  static bool items(Object& object, std::vector<Item>& out) {
    simdjson::ondemand::array array;
    if (object.find_field("items").get_array().get(array)) return false;
    out.reserve(4);
    for (auto element : array) {
      Object found;
      if (element.get_object().get(found) || !fill(found, out.emplace_back())) return false;
    }
    return true;
  }
};

struct Simdjson {
  template <class T>
  class Reading {
   public:
    explicit Reading(std::string_view text) : text_(text) {}
    bool read(T& out) {
      simdjson::ondemand::document document;
      simdjson::ondemand::object object;
      return !parser_.iterate(text_).get(document) && !document.get_object().get(object) &&
             SimdjsonFill::fill(object, out);
    }

   private:
    simdjson::ondemand::parser parser_;
    simdjson::padded_string text_;
  };

  template <class T>
  class Writing {
   public:
    explicit Writing(const T& value) : element_(parser_.parse(to_json(value)).value()) {}
    std::string_view write(const T&) {
      builder_.clear();
      builder_.append(element_);
      return builder_.str();
    }

   private:
    simdjson::dom::parser parser_;
    simdjson::dom::element element_;
    simdjson::internal::string_builder<> builder_;
  };
};

}  // namespace assay::model::rivals
