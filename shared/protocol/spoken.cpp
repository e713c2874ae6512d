#include "shared/protocol/spoken.hpp"

#include "shared/crypto/hash.hpp"

#include <array>

namespace walkout::protocol {
namespace {

/// One word a byte: short, common, unlike each other to the ear.
constexpr std::array<std::string_view, 256> words = {
    "acid",     "acorn",   "actor",   "adult",   "agent",    "alarm",    "album",   "amber",   "angle",    "ankle",    "apple",   "apron",
    "arena",    "argue",   "armor",   "arrow",   "aspen",    "atlas",    "attic",   "audio",   "august",   "aunt",     "autumn",  "avenue",
    "bacon",    "badge",   "baker",   "bamboo",  "banjo",    "barley",   "basin",   "basket",  "beach",    "beacon",   "beaver",  "bell",
    "bench",    "berry",   "bicycle", "birch",   "bishop",   "blanket",  "bottle",  "boulder", "bracelet", "branch",   "bread",   "brick",
    "bridge",   "broom",   "bucket",  "butter",  "cabin",    "cactus",   "camel",   "candle",  "canoe",    "carbon",   "carpet",  "castle",
    "cedar",    "cellar",  "chalk",   "cherry",  "chimney",  "circle",   "citrus",  "clover",  "cobalt",   "coffee",   "comet",   "copper",
    "coral",    "cotton",  "cradle",  "crayon",  "crystal",  "cushion",  "daisy",   "dancer",  "delta",    "desert",   "diamond", "dinner",
    "doctor",   "dolphin", "donkey",  "dragon",  "drummer",  "eagle",    "earth",   "echo",    "eleven",   "elbow",    "ember",   "engine",
    "envelope", "evening", "falcon",  "farmer",  "feather",  "fiddle",   "finger",  "flannel", "flute",    "forest",   "fossil",  "fountain",
    "galaxy",   "garden",  "garlic",  "giant",   "ginger",   "glacier",  "goblet",  "granite", "grape",    "guitar",   "hammer",  "harbor",
    "harvest",  "hazel",   "helmet",  "heron",   "hollow",   "honey",    "horizon", "hunter",  "igloo",    "indigo",   "island",  "ivory",
    "jacket",   "jasmine", "jelly",   "jigsaw",  "jungle",   "juniper",  "kayak",   "kettle",  "kitten",   "ladder",   "lagoon",  "lantern",
    "lemon",    "lettuce", "lilac",   "linen",   "lobster",  "locket",   "lumber",  "magnet",  "mango",    "maple",    "marble",  "meadow",
    "melon",    "mirror",  "mitten",  "monday",  "morning",  "mountain", "museum",  "mustard", "napkin",   "needle",   "nickel",  "november",
    "nutmeg",   "oasis",   "ocean",   "october", "olive",    "onion",    "orange",  "orbit",   "orchid",   "otter",    "oxygen",  "oyster",
    "paddle",   "palace",  "panther", "paper",   "parrot",   "peach",    "pebble",  "pencil",  "pepper",   "piano",    "pigeon",  "pillow",
    "planet",   "plum",    "pocket",  "poem",    "pony",     "potato",   "prairie", "pumpkin", "puppet",   "puzzle",   "quarry",  "quartz",
    "rabbit",   "radio",   "raven",   "ribbon",  "river",    "robin",    "rocket",  "rope",    "saddle",   "saffron",  "salmon",  "sapphire",
    "satin",    "scarf",   "shadow",  "shell",   "silver",   "sparrow",  "spider",  "sponge",  "spring",   "squirrel", "sugar",   "summer",
    "sunset",   "tablet",  "teacup",  "temple",  "thimble",  "thunder",  "ticket",  "tiger",   "timber",   "tomato",   "topaz",   "trumpet",
    "tulip",    "tunnel",  "turtle",  "twelve",  "umbrella", "valley",   "vanilla", "velvet",  "vessel",   "village",  "violin",  "walnut",
    "walrus",   "water",   "wheel",   "whistle",
};

} // namespace

std::string spoken_fingerprint(std::string_view content)
{
    const auto digest = sha256(content);
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) out += (i == 0 ? "" : " ") + std::string(words[digest[i]]);
    return out;
}

} // namespace walkout::protocol
