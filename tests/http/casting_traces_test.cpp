// What casting leaves behind: nothing keeps the order or the time of it; and what is fetched is a whole board of a signed head.

#include "tests/http/casting_fixture.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>
#include <random>
#include <set>

using namespace walkout;
using namespace walkout::test;

namespace {

std::string content_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Where in the file each voter's tracker, and each ciphertext's digest, stands: every place of it.
std::vector<std::pair<std::size_t, std::string>> traces(const std::string& file, const std::vector<std::string>& of)
{
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const auto& text : of)
        for (auto place = file.find(text); place != file.npos; place = file.find(text, place + 1)) found.emplace_back(place, text);
    std::ranges::sort(found);
    return found;
}

struct Left {
    std::vector<std::string> while_waiting; ///< trackers in the order of their places in the file, before the batch
    std::vector<std::string> in_order;      ///< and everything, after it
    std::string archive;
    std::uintmax_t log_size = 0;
};

/// Casts in this order, publishes, and reads the files as a thief of the disk would.
Left cast_in(const std::vector<unsigned>& order)
{
    Open world;
    for (const auto voter : order) REQUIRE(world.cast_of(voter) == "accepted");
    std::vector<std::string> texts;
    for (const auto voter : order) texts.push_back(protocol::fingerprint_of(voters().ballots[voter]));
    std::ranges::sort(texts);
    Left left;
    const auto log = std::filesystem::path(world.file.string() + "-wal");
    REQUIRE(std::filesystem::file_size(log) > 0);
    REQUIRE(world.store->writer.truncate_log());
    for (auto& [place, text] : traces(content_of(world.file), texts)) left.while_waiting.push_back(std::move(text));
    world.publish();
    REQUIRE(world.store->writer.truncate_log());
    world.read([&](const store::ReadTx& tx) {
        CHECK(store::accepted_count(tx, world.place) == static_cast<std::int64_t>(order.size()));
        for (const auto& row : tx.prepare("SELECT digest FROM accepted_ciphertext")) texts.emplace_back(text_of(row.blob(0)));
    });
    std::ranges::sort(texts);
    left.archive = world.send(http::Method::get, "/archive").content();
    left.log_size = std::filesystem::file_size(log);
    for (auto& [place, text] : traces(content_of(world.file), texts)) left.in_order.push_back(std::move(text));
    CHECK(left.in_order.size() >= texts.size()); // the published rows are really there
    return left;
}

} // namespace

TEST_SUITE_BEGIN("casting");

TEST_CASE("after a batch the files are the same whatever the order of casting was, and the log is empty")
{
    std::vector<unsigned> forward(40);
    for (unsigned i = 0; i < 40; ++i) forward[i] = i;
    auto backward = forward;
    std::ranges::reverse(backward);
    auto shuffled = forward;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(5));
    const auto first = cast_in(forward);
    CHECK(first.log_size == 0);
    for (const auto& order : {backward, shuffled}) {
        const auto other = cast_in(order);
        CHECK(other.log_size == 0);
        CHECK(other.while_waiting != first.while_waiting); // the order is there until the batch: what is compared next can differ
        CHECK(other.in_order == first.in_order);
        CHECK(other.archive.size() == first.archive.size());
    }
}

TEST_CASE("a second batch leaves the first where it was, and a credential or ciphertext of either is used up")
{
    Open world;
    for (unsigned i = 0; i < 12; ++i) REQUIRE(world.cast_of(i) == "accepted");
    world.publish();
    for (unsigned i = 12; i < 24; ++i) REQUIRE(world.cast_of(i) == "accepted");
    const auto once_published = std::string(world.send(http::Method::get, "/archive").content());
    world.publish();
    const auto twice = std::string(world.send(http::Method::get, "/archive").content());
    CHECK(twice.starts_with(once_published));
    CHECK(twice.size() > once_published.size());
    CHECK(world.cast(voters().made.ballot(3, 1), "1004") == "already_voted");
    CHECK(world.cast_of(3) == "accepted"); // its receipt
    world.read([&](const store::ReadTx& tx) {
        CHECK(store::waiting_count(tx, world.place) == 0);
        CHECK(store::accepted_count(tx, world.place) == 24);
        CHECK(store::ciphertext_count(tx, world.place) == 24 * 4);
    });
    const auto insert = [&](const char* sql) { return world.write([&](store::WriteTx& tx) { tx.prepare(sql).run(); }); };
    CHECK_THROWS_AS(insert("INSERT INTO waiting_ballot SELECT constituency, 'another', credential, 0, x'00' FROM published_ballot LIMIT 1"),
                    store::Failure);
    CHECK_THROWS_AS(insert("DELETE FROM published_ballot"), store::Failure);
}

TEST_CASE("an accepted ballot that waits cannot be taken away or changed")
{
    Open world;
    REQUIRE(world.cast_of(0) == "accepted");
    for (const auto* sql : {"DELETE FROM waiting_ballot", "UPDATE waiting_ballot SET body = x'00'"}) {
        CAPTURE(sql);
        CHECK_THROWS_AS(world.write([&](store::WriteTx& tx) { tx.prepare(sql).run(); }), store::Failure);
    }
}

TEST_CASE("one archive is shared by all who fetch it, is named by its head and not sent to whoever has it")
{
    Open world;
    const auto one = world.send(http::Method::get, "/archive");
    const auto two = world.send(http::Method::get, "/archive");
    REQUIRE(one.shared_body.has_value());
    CHECK(one.shared_body->bytes.data() == two.shared_body->bytes.data());
    const auto head = wire::from_json<wire::BoardHead>(world.send(http::Method::get, "/head").body).value();
    const auto tag = "\"" + head.event + "\"";
    CHECK(std::ranges::count(one.headers, http::Header{"ETag", tag}) == 1);
    const auto unchanged = world.send(http::Method::get, "/archive", {}, {}, "192.0.2.1", tag);
    CHECK(unchanged.status == 304);
    CHECK(unchanged.content().empty());
    for (unsigned i = 0; i < 10; ++i) REQUIRE(world.cast_of(i) == "accepted");
    CHECK(world.send(http::Method::get, "/archive").content() == one.content()); // accepted, not published
    world.publish();
    const auto grown = world.send(http::Method::get, "/archive", {}, {}, "192.0.2.1", tag);
    CHECK(grown.status == 200);
    CHECK(grown.content().starts_with(one.content())); // and what the first client still reads has not moved
    const auto credentials = world.send(http::Method::get, "/credentials");
    CHECK(credentials.shared_body.has_value());
    CHECK(protocol::parse_credentials(voters().made.group, credentials.content()).value().size() == members);
}

TEST_CASE("whoever fetches while a batch is published gets a whole board of a signed head")
{
    Open world;
    std::atomic<bool> done = false;
    std::atomic<int> fetched = 0;
    std::vector<std::thread> readers;
    std::atomic<int> wrong = 0;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            while (!done) {
                const auto response = world.send(http::Method::get, "/archive");
                const auto tag = std::ranges::find(response.headers, "ETag", &http::Header::name)->value;
                protocol::ArchiveReader reader(protocol::ArchiveReader::from(response.content()));
                std::string last;
                if (!reader.read_header()) ++wrong;
                for (;;) {
                    const auto record = reader.next();
                    if (!record) ++wrong;
                    if (!record || !*record) break;
                    last = (*record)->hash();
                }
                if ("\"" + last + "\"" != tag) ++wrong;
                ++fetched;
            }
        });
    for (unsigned batch = 0; batch < 3; ++batch) {
        for (unsigned i = 0; i < 10; ++i) CHECK(world.cast_of(10 * batch + i) == "accepted");
        world.publish();
    }
    while (fetched < 10) std::this_thread::yield();
    done = true;
    for (auto& reader : readers) reader.join();
    CHECK(wrong == 0);
    CHECK(world.read([&](const store::ReadTx& tx) { return service::board_faults(tx, world.board_key.public_key()); }).empty());
}

TEST_SUITE_END();
