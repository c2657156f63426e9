// A form's fields and files as one typed value: `Form<NewPhoto> photo`, sent as
// multipart/form-data or application/x-www-form-urlencoded.
//
// A member of the model may be a text value, an `Upload` (`std::optional` if it need not be there),
// or a vector of either. The body is taken while it arrives: large files lie on disk, not in
// memory. 415 for another type of body, 413 for one beyond the application's form limits.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/app/argument.h"
#include "server/app/text_members.h"
#include "server/forms/form.h"
#include "server/forms/form_reader.h"
#include "server/model/schema.h"
#include "server/wire/body_sink.h"

namespace assay {

using forms::Upload;

// Takes a form's body for a connection. After an error it takes the rest and drops it, so that the
// application can say what was wrong.
class FormSink final : public wire::BodySink {
 public:
  explicit FormSink(forms::FormReader reader) : reader_(std::move(reader)) {}

  std::uint64_t limit() const override { return reader_.limit(); }
  std::optional<wire::Refusal> take(std::string_view piece) override {
    taken_bytes_ += piece.size();
    if (!error_) error_ = reader_.take(piece);
    return std::nullopt;
  }
  std::uint64_t taken_bytes() const { return taken_bytes_; }
  // Throws HttpError.
  forms::FormData finish();

 private:
  forms::FormReader reader_;
  std::optional<forms::FormError> error_;
  std::uint64_t taken_bytes_ = 0;
};

HttpError http_error_of(forms::FormError error);
// The form of the request. Throws HttpError where there is none, or none that can be read.
forms::FormData& form_of(Context& context);
void refuse_other_fields(Context& context, const std::vector<std::string_view>& known);
void report_in_form(Context& context, model::Problem problem, std::string_view name);

class FormTexts {
 public:
  explicit FormTexts(Context& context) : context_(context), form_(form_of(context)) {}
  std::optional<std::string> last(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  void report(model::Problem problem, std::string_view name) const {
    report_in_form(context_, std::move(problem), name);
  }
  std::vector<Upload> files(std::string_view name) const;  // moved out of the form
  // A text where a file is wanted, or the other way round, is a problem.
  void refuse_text(std::string_view name) const;
  void refuse_file(std::string_view name) const;

 private:
  Context& context_;
  forms::FormData& form_;
};

template <class T>
inline constexpr bool is_file = false;
template <>
inline constexpr bool is_file<Upload> = true;
template <class T>
inline constexpr bool is_file<std::optional<T>> = is_file<T>;
template <class T>
inline constexpr bool is_file<std::vector<T>> = is_file<T>;

template <class T>
void read_files(T& out, std::string_view name, const FormTexts& texts) {
  std::vector<Upload> files = texts.files(name);
  texts.refuse_text(name);
  if constexpr (takes_several<T>) {
    out = std::move(files);
  } else if (!files.empty()) {
    out = std::move(files.back());
  } else if constexpr (!model::is_optional<T>) {
    report_missing(texts, name);
  }
}

template <model::Model T>
class Form {
 public:
  T& operator*() { return value; }
  T* operator->() { return &value; }
  const T& operator*() const { return value; }
  const T* operator->() const { return &value; }

  static constexpr bool takes_form = true;

  static Form taken(Context& context) {
    Form form;
    const FormTexts texts(context);
    std::vector<std::string_view> names;
    model::for_each_field<T>([&](const auto& field, std::size_t) {
      auto& member = form.value.*(field.member);
      if constexpr (is_file<std::remove_cvref_t<decltype(member)>>) {
        read_files(member, field.name, texts);
      } else {
        texts.refuse_file(field.name);
        read_member(member, field.name, field.rules, texts);
      }
      names.push_back(field.name);
    });
    if constexpr (model::RefusesUnknown<T>) refuse_other_fields(context, names);
    return form;
  }
  static void describe(Operation& operation, model::Schemas& schemas);

  T value{};
};

// Made here and not from the model itself: a file has no JSON.
class FormSchema {
 public:
  void add(std::string_view name, std::string_view schema, bool required);
  std::string text(bool is_closed) const;

 private:
  std::string properties_;
  std::string required_;
};
std::string file_schema(bool several);

template <model::Model T>
void Form<T>::describe(Operation& operation, model::Schemas& schemas) {
  FormSchema form;
  bool has_files = false;
  model::for_each_field<T>([&](const auto& field, std::size_t) {
    using Member = std::remove_cvref_t<decltype(std::declval<T&>().*(field.member))>;
    if constexpr (is_file<Member>) {
      has_files = true;
      form.add(field.name, file_schema(takes_several<Member>),
               !model::is_optional<Member> && !takes_several<Member>);
    } else {
      std::string schema;
      model::append_schema<TextOf<Member>>(schema, schemas, field.rules);
      form.add(field.name, schema, is_required<Member>(field.rules));
    }
  });
  if (has_files && !operation.bodies.empty()) {
    throw std::logic_error("a form with files is taken once: whoever takes it has its files");
  }
  const std::string schema = form.text(model::RefusesUnknown<T>);
  operation.add_body("multipart/form-data", schema);
  if (!has_files) operation.add_body("application/x-www-form-urlencoded", schema);
  operation.can_be_invalid = true;
}

}  // namespace assay
