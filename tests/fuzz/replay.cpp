// Runs a fuzz target over every file of a corpus folder: what a fuzzer once found stays found.

#include "tests/fuzz/targets.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

int main(int argc, char** argv)
{
    std::size_t inputs = 0;
    for (const auto& file : std::filesystem::directory_iterator(argc > 1 ? argv[1] : ".")) {
        std::ifstream in(file.path(), std::ios::binary);
        std::ostringstream content;
        content << in.rdbuf();
        const auto bytes = content.str();
        for (std::size_t size = bytes.size();; size = size / 2) { // the whole input, and what is left when it is cut short
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), size);
            ++inputs;
            if (size == 0) break;
        }
    }
    std::cout << inputs << " inputs\n";
    return inputs == 0 ? 1 : 0;
}
