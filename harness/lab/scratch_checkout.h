// For tests: a checkout in a temporary folder, with the workload json, a baseline that is the real
// reference server, and whatever else a test puts there. Gone when it goes out of scope.
#pragma once
#include <filesystem>
#include <string>

#include "harness/lab/checkout.h"
#include "harness/lab/scratch_tree.h"

namespace assay::lab {

class ScratchCheckout {
 public:
  ScratchCheckout() {
    std::filesystem::create_directories(folder() / "harness" / "plans");
    std::filesystem::create_directories(folder() / "build" / "bin");
    std::filesystem::create_symlink(ASSAY_SERVER, folder() / "build" / "bin" / "assay-server");
    std::filesystem::create_directories(folder() / "workloads");
    std::filesystem::copy("workloads/json", folder() / "workloads" / "json");
    write("baselines/reference/baseline.toml",
          baseline(R"(["{server}", "--host", "{host}", "--port", "{port}"])"));
  }

  void write(const std::string& name, const std::string& text) const { tree_.write(name, text); }
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
  Checkout checkout() const { return *Checkout::at(folder()); }
  const std::filesystem::path& folder() const { return tree_.folder(); }

 private:
  ScratchTree tree_;
};

}  // namespace assay::lab
