#pragma once

#include <cstddef>
#include <cstdint>

// One entry a fuzz target. Under clang (preset fuzz) libFuzzer calls it; elsewhere tests/fuzz/replay.cpp runs it over the corpus as a plain test.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
