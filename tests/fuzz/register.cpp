// A register with something altered, held against the archive it belongs to: what still holds says the same of every credential.

#include "tests/fuzz/targets.hpp"
#include "tests/support/closed_board.hpp"

#include <cstdlib>

using namespace walkout;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto board = test::ordinary_board();
    static const auto right = protocol::write_register(board.reg);
    fuzz::Input input(data, size);
    const auto text = input.byte() % 8 == 0 ? std::string(input.rest()) : fuzz::edited(right, input);
    const auto reg = protocol::parse_register(text);
    if (!reg) return 0;
    if (protocol::write_register(*reg) != text) std::abort();
    if (protocol::verify_register(protocol::ArchiveReader::from(board.archive), *reg).failure) return 0;
    const auto records = [](const protocol::CredentialRegister& one) {
        std::string out;
        for (const auto& record : one.records) out += protocol::write_register_record(record);
        return out;
    };
    if (records(*reg) != records(board.reg) || reg->spares != board.reg.spares || reg->entitled != board.reg.entitled) std::abort();
    return 0;
}
