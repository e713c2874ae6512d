#include "shared/protocol/credential.hpp"

#include "shared/base/constant_time.hpp"
#include "shared/base/published.hpp"

namespace walkout::protocol {
namespace {

constexpr std::size_t random_digits = 14;

std::size_t check_digit(std::string_view digits)
{
    std::size_t remainder = 0; // of the big-endian base58 number, modulo 53
    for (const char c : digits) remainder = (remainder * 58 + base58_digits.find(c)) % 53;
    return 53 - remainder;
}

Secret with_dashes(std::string_view digits)
{
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 3 == 0) out += '-';
        out += digits[i];
    }
    return Secret(std::move(out));
}

} // namespace

std::uint64_t secret_digit(Random& random)
{
    std::array<std::uint8_t, 7> raw;
    random.fill(raw);
    std::uint64_t value = 0;
    for (const auto byte : raw) value = value << 8U | byte;
    wipe(raw.data(), raw.size());
    return value * 58 >> 56U; // without the branch that rejecting would be
}

// The alphabet's five gaps are stepped over by masks.
char base58_character(std::uint64_t digit)
{
    const auto beyond = [&](std::uint64_t last, std::uint64_t gap) { return mask_if_less(last, digit) & gap; };
    return static_cast<char>('1' + digit + beyond(8, 7) + beyond(16, 1) + beyond(21, 1) + beyond(32, 6) + beyond(43, 1));
}

VotingCode VotingCode::make(Random& random)
{
    std::string digits;
    digits.reserve(random_digits + 1);
    std::uint64_t remainder = 0;
    while (digits.size() < random_digits) {
        const auto digit = secret_digit(random);
        remainder = (remainder * 58 + digit) % 53;
        digits += base58_character(digit);
    }
    digits += base58_character(53 - remainder);
    VotingCode code(with_dashes(digits));
    wipe(digits.data(), digits.size());
    return code;
}

Result<VotingCode> VotingCode::parse(std::string_view typed)
{
    std::string digits;
    digits.reserve(typed.size());
    for (const char c : typed)
        if (c != '-' && c != ' ' && c != '\t' && c != '\r' && c != '\n') digits += c;
    const bool right_form = digits.size() == random_digits + 1 && digits.find_first_not_of(base58_digits) == std::string::npos;
    const bool right = right_form && digits.back() == base58_digits[check_digit(std::string_view(digits).substr(0, random_digits))];
    auto code = with_dashes(digits);
    wipe(digits.data(), digits.size());
    if (!right_form)
        return Refusal{Kind::malformed, "voting_code_form",
                       "A voting code has 15 letters and digits in five groups of three; it never contains 0, O, I or l.",
                       "Compare it with your message or letter and type it again."};
    if (!right)
        return Refusal{Kind::malformed, "voting_code_typo", "The voting code has a typing mistake in it.",
                       "Compare it with your message or letter and type it again."};
    return Result<VotingCode>(boost::system::in_place_value, VotingCode(std::move(code)));
}

Credential derive_credential(const Group& group, const VotingCode& code, std::string_view election_uuid)
{
    const auto stretched = pbkdf2_sha256(code.reveal(), election_uuid, 1000);
    auto secret = group.secret_reduce(stretched.reveal_bytes());
    const auto public_key = published(group.secret_power(group.generator(), secret));
    return {std::move(secret), public_key};
}

std::string make_uuid(std::string_view prefix, Random& random)
{
    std::string uuid(prefix);
    for (int i = 0; i < 14; ++i) uuid += base58_digits[random.below(58)];
    return uuid;
}

} // namespace walkout::protocol
