// How far a text needs no second look: bytes that stand for themselves in a JSON string.
//
// Sixteen bytes a step, with SSE2, NEON, or eight with plain integers; the one file that asks for
// the processor. Reads nothing outside the text that it is given. Pure; any thread.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace assay::model {

// ASCII, no control character, no quote, no backslash.
constexpr bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

namespace blocks {

// One block of text, and how many of its bytes stand for themselves before the first that does not.
// Integers are read as little-endian: the systems that we run on are.
struct Word {
  static constexpr std::size_t size = 8;
  std::uint64_t bytes;
  static Word at(const char* text) {
    Word word{};
    std::memcpy(&word.bytes, text, size);
    return word;
  }
  void put(char* to) const { std::memcpy(to, &bytes, size); }
  // A byte's top bit is set where the byte is zero; above the lowest such byte there may be false
  // ones, which do not count.
  static std::uint64_t zero_bytes(std::uint64_t word) {
    return (word - 0x0101010101010101U) & ~word & 0x8080808080808080U;
  }
  // Zero where all of it is plain.
  std::uint64_t stops() const {
    const std::uint64_t below_space = (bytes - 0x2020202020202020U) & ~bytes;
    const std::uint64_t quotes = zero_bytes(bytes ^ 0x2222222222222222U);
    const std::uint64_t escapes = zero_bytes(bytes ^ 0x5C5C5C5C5C5C5C5CU);
    return (below_space | bytes | quotes | escapes) & 0x8080808080808080U;
  }
  std::size_t plain() const { return static_cast<std::size_t>(std::countr_zero(stops())) / 8; }
};

#if defined(__SSE2__)
struct Block {
  static constexpr std::size_t size = 16;
  __m128i bytes;
  static Block at(const char* text) {
    return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(text))};
  }
  void put(char* to) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes); }
  std::size_t plain() const {
    // As signed bytes, what is beyond ASCII is below the space as well.
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i escapes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const int stops = _mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quotes, escapes)));
    return static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(stops) | 0x10000U));
  }
};
#elif defined(__ARM_NEON) && defined(__aarch64__)
struct Block {
  static constexpr std::size_t size = 16;
  uint8x16_t bytes;
  static Block at(const char* text) {
    return {vld1q_u8(reinterpret_cast<const std::uint8_t*>(text))};
  }
  void put(char* to) const { vst1q_u8(reinterpret_cast<std::uint8_t*>(to), bytes); }
  std::size_t plain() const {
    const uint8x16_t low = vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20));
    const uint8x16_t quotes = vceqq_u8(bytes, vdupq_n_u8('"'));
    const uint8x16_t escapes = vceqq_u8(bytes, vdupq_n_u8('\\'));
    const uint8x16_t stops = vorrq_u8(low, vorrq_u8(quotes, escapes));
    // Four bits a byte: NEON has no mask of one.
    const uint8x8_t narrow = vshrn_n_u16(vreinterpretq_u16_u8(stops), 4);
    const std::uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(narrow), 0);
    return static_cast<std::size_t>(std::countr_zero(mask)) / 4;
  }
};
#else
using Block = Word;
#endif

}  // namespace blocks

template <class Word>
inline bool is_same_word(const char* at, const char* text) {
  Word a = 0;
  Word b = 0;
  std::memcpy(&a, at, sizeof(a));
  std::memcpy(&b, text, sizeof(b));
  return a == b;
}

// Whether the bytes at `at` are `text`, by words of which the last may overlap: shorter than a call
// of memcmp, which gcc makes for most sizes. REQUIRES: `Size` bytes at `at`.
template <std::size_t Size>
[[gnu::always_inline]] inline bool is_same(const char* at, const char (&text)[Size]) {
  static_assert(Size >= 3);
  using Word = std::conditional_t<(Size >= 8), std::uint64_t,
                                  std::conditional_t<(Size >= 4), std::uint32_t, std::uint16_t>>;
  constexpr std::size_t last = Size - sizeof(Word);
  bool same = true;
  for (std::size_t i = 0; i < last; i += sizeof(Word)) {
    same = same && is_same_word<Word>(at + i, text + i);
  }
  return same && is_same_word<Word>(at + last, text + last);
}

// The first byte of [at, end) that is not plain, or `end`.
inline const char* skip_plain(const char* at, const char* end) {
  using blocks::Block;
  using blocks::Word;
  while (static_cast<std::size_t>(end - at) >= Block::size) {
    const std::size_t plain = Block::at(at).plain();
    at += plain;
    if (plain < Block::size) return at;
  }
  if (static_cast<std::size_t>(end - at) >= Word::size) {
    const std::size_t plain = Word::at(at).plain();
    at += plain;
    if (plain < Word::size) return at;
  }
  while (at != end && is_plain(*at)) ++at;
  return at;
}

// Copies a text of fewer than sixteen bytes by two words that may overlap; whether all of it is
// plain. False also for one that is shorter than such words.
inline bool copy_short(char* to, const char* at, std::size_t size) {
  using blocks::Word;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  if (size >= Word::size) {
    const Word first = Word::at(at);
    const Word last = Word::at(at + size - Word::size);
    first.put(to);
    last.put(to + size - Word::size);
    return (first.stops() | last.stops()) == 0;
  }
  if (size < sizeof(begin)) return false;
  std::memcpy(&begin, at, sizeof(begin));
  std::memcpy(&end, at + size - sizeof(end), sizeof(end));
  std::memcpy(to, &begin, sizeof(begin));
  std::memcpy(to + size - sizeof(end), &end, sizeof(end));
  return Word{begin | std::uint64_t{end} << 32U}.stops() == 0;
}

// Copies plain bytes to `to`, which has room for all of [at, end) and 16 more; how many there were.
// Where to go on never depends on the bytes, only the branches do: else the processor would wait
// for them, and a text that was just made is not there yet.
inline std::size_t copy_plain(char* to, const char* at, const char* end) {
  using blocks::Block;
  const char* const from = at;
  for (; static_cast<std::size_t>(end - at) >= Block::size; at += Block::size) {
    const Block block = Block::at(at);
    block.put(to + (at - from));
    const std::size_t plain = block.plain();
    if (plain < Block::size) return static_cast<std::size_t>(at - from) + plain;
  }
  if (copy_short(to + (at - from), at, static_cast<std::size_t>(end - at))) {
    return static_cast<std::size_t>(end - from);
  }
  for (; at != end && is_plain(*at); ++at) to[at - from] = *at;
  return static_cast<std::size_t>(at - from);
}

}  // namespace assay::model
