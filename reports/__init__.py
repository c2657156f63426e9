"""The report: result files in, one self-contained static page out. Run it as a module."""
