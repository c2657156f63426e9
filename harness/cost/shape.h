// How a client asks: the shapes of load and the rows of the table. Pure values; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::cost {

enum class Shape {
  keep_alive,  // one request at a time on each connection
  pipelined,   // sixteen requests in one write, then sixteen replies
  close        // a connection for each request
};

inline constexpr std::size_t pipeline_depth = 16;

struct Row {
  Shape shape = Shape::keep_alive;
  std::size_t connections = 1;
};

std::string_view text(Shape shape) noexcept;  // "keep-alive"
std::optional<Shape> shape_named(std::string_view name) noexcept;
std::string text(const Row& row);  // "keep-alive 64"

// How many requests are on the way at once on one connection.
constexpr std::size_t depth_of(Shape shape) noexcept {
  return shape == Shape::pipelined ? pipeline_depth : 1;
}

}  // namespace assay::cost
