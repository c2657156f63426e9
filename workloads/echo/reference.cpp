// Typed JSON, read, validated and written again: in the shapes that were sent, in those that
// Spikard's own benchmark declares, and as a catalogue of any length.
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "server/app/app.h"

namespace assay::workloads::echo {

using model::field;

struct Small {
  std::string name;
  std::string description;
  double price = 0;
  std::optional<double> tax;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Small::name), field<"description">(&Small::description),
                      field<"price">(&Small::price), field<"tax">(&Small::tax)};
  }
};

struct Image {
  std::string url;
  std::string name;
  static constexpr auto model() {
    return std::tuple{field<"url">(&Image::url), field<"name">(&Image::name)};
  }
};

struct Medium {
  std::string name;
  double price = 0;
  Image image;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Medium::name), field<"price">(&Medium::price),
                      field<"image">(&Medium::image)};
  }
};

struct Country {
  std::string name;
  std::string code;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Country::name), field<"code">(&Country::code)};
  }
};

struct Address {
  std::string street;
  std::string city;
  Country country;
  static constexpr auto model() {
    return std::tuple{field<"street">(&Address::street), field<"city">(&Address::city),
                      field<"country">(&Address::country)};
  }
};

struct Seller {
  std::string name;
  Address address;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Seller::name), field<"address">(&Seller::address)};
  }
};

struct Large {
  std::string name;
  double price = 0;
  Seller seller;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Large::name), field<"price">(&Large::price),
                      field<"seller">(&Large::seller)};
  }
};

struct VeryLarge {
  std::string name;
  std::vector<std::string> tags;
  std::vector<Image> images;
  static constexpr auto model() {
    return std::tuple{field<"name">(&VeryLarge::name), field<"tags">(&VeryLarge::tags),
                      field<"images">(&VeryLarge::images)};
  }
};

struct DeclaredSeller {
  std::string name;
  std::optional<std::string> email;
  static constexpr auto model() {
    return std::tuple{field<"name">(&DeclaredSeller::name), field<"email">(&DeclaredSeller::email)};
  }
};

struct DeclaredMedium {
  std::string name;
  std::string description;
  double price = 0;
  DeclaredSeller seller;
  static constexpr auto model() {
    return std::tuple{
        field<"name">(&DeclaredMedium::name), field<"description">(&DeclaredMedium::description),
        field<"price">(&DeclaredMedium::price), field<"seller">(&DeclaredMedium::seller)};
  }
};

struct Tag {
  std::string name;
  static constexpr auto model() { return std::tuple{field<"name">(&Tag::name)}; }
};

struct DeclaredVeryLarge {
  std::string name;
  std::string description;
  double price = 0;
  std::vector<Tag> tags;
  static constexpr auto model() {
    return std::tuple{field<"name">(&DeclaredVeryLarge::name),
                      field<"description">(&DeclaredVeryLarge::description),
                      field<"price">(&DeclaredVeryLarge::price),
                      field<"tags">(&DeclaredVeryLarge::tags)};
  }
};

struct Product {
  std::string name;
  std::string description;
  double price = 0;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Product::name), field<"description">(&Product::description),
                      field<"price">(&Product::price)};
  }
};

struct Catalogue {
  std::string name;
  std::vector<Product> items;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Catalogue::name), field<"items">(&Catalogue::items)};
  }
};

template <class T>
T echo(Body<T> body) {
  return std::move(*body);
}

void routes(App& app) {
  app.post("/echo/small", echo<Small>);
  app.post("/echo/medium", echo<Medium>);
  app.post("/echo/large", echo<Large>);
  app.post("/echo/very-large", echo<VeryLarge>);
  app.post("/echo/medium-declared", echo<DeclaredMedium>);
  app.post("/echo/very-large-declared", echo<DeclaredVeryLarge>);
  app.post("/echo/catalogue", echo<Catalogue>);
}

}  // namespace assay::workloads::echo
