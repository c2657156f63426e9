#include "harness/agents/summary_record.h"

#include <gtest/gtest.h>

namespace assay::agents {
namespace {

using load::nanoseconds;

load::Summary a_summary() {
  load::Summary summary;
  summary.tally.requests = 3;
  summary.tally.errors.add(load::ErrorKind::short_reply, 2);
  summary.tally.statuses[200] = 3;
  summary.tally.statuses[503] = 1;
  summary.tally.bytes = 4000;
  summary.tally.closed = 2;
  summary.tally.resent = 1;
  summary.tally.parts.resize(2);
  summary.tally.parts[0].requests = 2;
  summary.tally.parts[1].requests = 1;
  summary.tally.parts[1].errors.add(load::ErrorKind::short_reply, 2);
  summary.part_names = {"GET /a", "GET /\xff"};
  for (const int ns : {1'000'003, 5, 1'000'777'001}) summary.tally.latency.record(nanoseconds(ns));
  summary.tally.wire_latency.record(nanoseconds(12'345));
  summary.tally.lag.record(nanoseconds(0));
  summary.tally.pacing.record(nanoseconds(8));
  summary.duration = nanoseconds(2'000'000'001);
  summary.connections = 5;
  summary.pipeline = 2;
  summary.threads = {{nanoseconds(1), nanoseconds(2), nanoseconds(3)}};
  summary.by_duration = false;
  summary.cut = true;
  summary.given_up = 12;
  summary.silence = nanoseconds(15);
  summary.malformed = "no: \"\\r\"";
  summary.asked = load::Rate{1, 2, load::Arrivals::burst, 3};
  summary.offered = 33.3;
  summary.ceiling = 1e5;
  return summary;
}

TEST(SummaryRecord, HoldsAllButTheSeconds) {
  const load::Summary summary = a_summary();
  const auto again = summary_of(record_of(summary));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->tally.requests, 3U);
  EXPECT_EQ(again->tally.errors[load::ErrorKind::short_reply], 2U);
  EXPECT_EQ(again->tally.errors.total(), 2U);
  EXPECT_EQ(again->tally.statuses, summary.tally.statuses);
  EXPECT_EQ(again->tally.bytes, 4000U);
  EXPECT_EQ(again->tally.closed, 2U);
  EXPECT_EQ(again->tally.resent, 1U);
  ASSERT_EQ(again->tally.parts.size(), 2U);
  EXPECT_EQ(again->tally.parts[0].requests, 2U);
  EXPECT_EQ(again->tally.parts[0].errors.total(), 0U);
  EXPECT_EQ(again->tally.parts[1].requests, 1U);
  EXPECT_EQ(again->tally.parts[1].errors[load::ErrorKind::short_reply], 2U);
  EXPECT_EQ(again->part_names, summary.part_names);
  EXPECT_EQ(again->tally.latency.compact(), summary.tally.latency.compact());
  EXPECT_EQ(again->tally.latency.max(), nanoseconds(1'000'777'001));
  EXPECT_EQ(again->tally.wire_latency.compact(), summary.tally.wire_latency.compact());
  EXPECT_EQ(again->tally.lag.compact(), summary.tally.lag.compact());
  EXPECT_EQ(again->tally.pacing.compact(), summary.tally.pacing.compact());
  EXPECT_EQ(again->tally.first_byte.count(), 0U);
  EXPECT_EQ(again->duration, nanoseconds(2'000'000'001));
  EXPECT_EQ(again->connections, 5U);
  EXPECT_EQ(again->pipeline, 2U);
  ASSERT_EQ(again->threads.size(), 1U);
  EXPECT_EQ(again->threads[0].spinning, nanoseconds(2));
  EXPECT_EQ(again->threads[0].wall, nanoseconds(3));
  EXPECT_FALSE(again->by_duration);
  EXPECT_TRUE(again->cut);
  EXPECT_EQ(again->given_up, 12U);
  EXPECT_EQ(again->silence, nanoseconds(15));
  EXPECT_EQ(again->malformed, summary.malformed);
  ASSERT_TRUE(again->asked);
  EXPECT_EQ(again->asked->per_second_at_end, 2);
  EXPECT_EQ(again->asked->arrivals, load::Arrivals::burst);
  EXPECT_EQ(again->offered, 33.3);
  EXPECT_EQ(again->ceiling, 1e5);
}

TEST(SummaryRecord, HoldsTheSecondsFromOneOn) {
  load::Histogram latency;
  latency.record(nanoseconds(777));
  const load::Seconds seconds{{1, 0, {}}, {2, 1, latency.compact()}, {0, 0, {}}};
  const auto again = seconds_of(records_of(seconds, 1));
  ASSERT_TRUE(again);
  ASSERT_EQ(again->size(), 2U);
  EXPECT_EQ((*again)[0].requests, 2U);
  EXPECT_EQ((*again)[0].errors, 1U);
  EXPECT_EQ((*again)[0].latency, latency.compact());
  EXPECT_EQ((*again)[1].latency, load::CompactHistogram());
}

TEST(SummaryRecord, IsRefusedWhenItDoesNotFitItself) {
  SummaryRecord record = record_of(a_summary());
  record.tally.errors["boredom"] = 1;
  EXPECT_FALSE(summary_of(record));
  record = record_of(a_summary());
  record.tally.parts[0].errors["boredom"] = 1;
  EXPECT_FALSE(summary_of(record));
  for (const char* status : {"600", "-1", "0200", "ok"}) {
    record = record_of(a_summary());
    record.tally.statuses[status] = 1;
    EXPECT_FALSE(summary_of(record)) << status;
  }
  record = record_of(a_summary());
  record.tally.latency.counts = "nothing";
  EXPECT_FALSE(summary_of(record));
  record = record_of(a_summary());
  record.tally.latency.max_ns *= 2;
  EXPECT_FALSE(summary_of(record));
  record = record_of(a_summary());
  record.tally.latency.min_ns = 0;
  EXPECT_FALSE(summary_of(record));
}

}  // namespace
}  // namespace assay::agents
