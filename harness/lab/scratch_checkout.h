// For tests: a checkout in a temporary folder, with the workload json, a baseline that is the real
// reference server, and whatever else a test puts there. Gone when it goes out of scope.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "harness/lab/checkout.h"

namespace assay::lab {

class ScratchCheckout {
 public:
  ScratchCheckout() {
    std::string name = (std::filesystem::temp_directory_path() / "assay-checkout-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    std::filesystem::create_directories(folder_ / "harness" / "plans");
    std::filesystem::create_directories(folder_ / "build" / "bin");
    std::filesystem::create_symlink(ASSAY_SERVER, folder_ / "build" / "bin" / "assay-server");
    std::filesystem::create_directories(folder_ / "workloads");
    std::filesystem::copy("workloads/json", folder_ / "workloads" / "json");
    write("baselines/reference/baseline.toml",
          baseline(R"(["{server}", "--host", "{host}", "--port", "{port}"])"));
  }
  ~ScratchCheckout() { std::filesystem::remove_all(folder_); }
  ScratchCheckout(const ScratchCheckout&) = delete;
  ScratchCheckout& operator=(const ScratchCheckout&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  // A baseline.toml with one variant, `only`, that runs `command`.
  static std::string baseline(const std::string& command, const std::string& interpreter = "none") {
    return "title = \"T\"\nabout = \"A\"\nlanguage = \"L\"\nadapted = []\ninterpreter = \"" +
           interpreter + "\"\ncommand = " + command +
           "\n[variants.only]\ntitle = \"only\"\nmodel = \"M\"\narguments = []\n";
  }
  // A plan of short trials over the given labels, such as "reference@only".
  void plan(const std::string& name, int blocks, const std::string& labels,
            const std::string& measure_s = "0.1", int connections = 2) const {
    write("harness/plans/" + name + ".toml",
          "title = \"P\"\nblocks = " + std::to_string(blocks) +
              "\nwarm_up_s = 0.0\nmeasure_s = " + measure_s +
              "\nours = \"reference@only\"\ntwin = "
              "false\nworkloads = "
              "[\"json\"]\nbaselines = [" +
              labels + "]\n[[loads]]\nname = \"two\"\ntitle = \"two\"\nconnections = " +
              std::to_string(connections) + "\nkeep_alive = true\n");
  }
  Checkout checkout() const { return *Checkout::at(folder_); }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace assay::lab
