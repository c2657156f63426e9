#include "server/runtime/date_field.h"

#include <gtest/gtest.h>

namespace assay::runtime {
namespace {

TEST(DateField, IsWrittenAsRfc9110Wants) {
  DateField date;
  date.renew(784111777);  // the RFC's own example
  EXPECT_EQ(date.line(), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
  date.renew(0);
  EXPECT_EQ(date.line(), "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
}

}  // namespace
}  // namespace assay::runtime
