#include "harness/cost/shape.h"

#include <array>

#include <fmt/format.h>

namespace assay::cost {

std::string_view text(Shape shape) noexcept {
  switch (shape) {
    case Shape::keep_alive: return "keep-alive";
    case Shape::pipelined: return "pipelined";
    case Shape::close: return "close";
  }
  return {};
}

std::optional<Shape> shape_named(std::string_view name) noexcept {
  for (const Shape shape : std::array{Shape::keep_alive, Shape::pipelined, Shape::close}) {
    if (text(shape) == name) return shape;
  }
  return std::nullopt;
}

std::string text(const Row& row) { return fmt::format("{} {}", text(row.shape), row.connections); }

}  // namespace assay::cost
