#pragma once

#include "server/service/ballots.hpp"
#include "server/service/postal_papers.hpp"
#include "server/service/postal_returns.hpp"
#include "tests/store/open_ballot.hpp"

#include <algorithm>

namespace walkout::test {

/// What the postal services do in a ballot that is open.
template <class World> struct Postal : World {
    using World::World;

    std::string issue()
    {
        return code(this->write([&](store::WriteTx& tx) { return service::issue_papers(tx, this->scrutineer(), this->id); }));
    }
    std::string send(std::vector<std::int64_t> serials, std::optional<Date> on = {})
    {
        return code(this->write([&](store::WriteTx& tx) { return service::record_papers_sent(tx, this->scrutineer(), this->id, serials, on); }));
    }
    void issue_and_send_all()
    {
        REQUIRE(issue() == "accepted");
        std::vector<std::int64_t> serials;
        this->read([&](const store::ReadTx& tx) {
            const auto list = service::paper_list(tx, this->scrutineer(), this->id).value();
            for (const auto& paper : list.papers)
                if (paper.number) serials.push_back(paper.serial);
        });
        REQUIRE(send(serials) == "accepted");
    }
    Result<wire::ReturnsRecorded> record(std::vector<std::int64_t> serials, std::optional<Instant> received = {}, std::string batch = {},
                                         std::optional<bool> again = {})
    {
        static int batches = 0;
        if (batch.empty()) batch = "batch number " + std::to_string(1000 + ++batches);
        const wire::ReturnedPapers message{batch, std::move(serials), received, again};
        return this->write([&](store::WriteTx& tx) { return service::record_returns(tx, this->scrutineer(), this->id, message); });
    }
    /// The fate of one paper, or the refusal's code.
    std::string back(std::int64_t serial, std::optional<Instant> received = {})
    {
        const auto recorded = record({serial}, received);
        return recorded ? std::string(name(recorded->papers.at(0).fate)) : recorded.error().code;
    }
    /// A copy of a paper that is recorded already.
    std::string copy_back(std::int64_t serial) { return std::string(name(record({serial}, {}, {}, true).value().papers.at(0).fate)); }
    std::int64_t taken_back(std::int64_t serial)
    {
        return this->read([&](const store::ReadTx& tx) {
            const auto all = store::returns_of(tx, this->id, serial);
            return std::ranges::count(all, ballot::PaperFate::mistaken, &store::PaperReturn::fate);
        });
    }
    std::string take_back(std::int64_t serial, const char* reason = "typed for another", std::optional<std::int64_t> before = {})
    {
        const wire::MistakenReturn message{serial, reason, before ? *before : taken_back(serial)};
        return code(this->write([&](store::WriteTx& tx) { return service::take_back_return(tx, this->scrutineer(), this->id, message); }));
    }
    std::int64_t serial_of(const std::string& credential)
    {
        return this->read([&](const store::ReadTx& tx) {
            const auto all = store::serials(tx, this->id);
            return std::ranges::find(all, credential, &store::PaperSerial::credential)->serial;
        });
    }
    bool returned(const char* number)
    {
        return this->read([&](const store::ReadTx& tx) { return store::roll_line(tx, this->id, number).value().returned; });
    }
    ballot::PostalFigures figures()
    {
        return this->read([&](const store::ReadTx& tx) { return store::postal_figures(tx, this->id); });
    }
    void close_at(const char* instant)
    {
        this->now = at(instant);
        this->write([&](store::WriteTx& tx) {
            service::close_boards(tx, this->scrutineer(), store::find_ballot(tx, this->id).value(), this->board_key);
            store::put_phase(tx, this->id, ballot::Phase::open, ballot::Phase::closed);
            store::put_closed(tx, this->id, this->now);
        });
    }
    std::string finish()
    {
        return code(this->write([&](store::WriteTx& tx) { return service::finish_post(tx, this->scrutineer(), this->id, this->board_key); }));
    }
    bool sealed()
    {
        return this->read([&](const store::ReadTx& tx) { return store::constituencies(tx, this->id).front().board_height.has_value(); });
    }
    std::string may_count()
    {
        return this->read([&](const store::ReadTx& tx) {
            return code(service::approval_object(tx, store::find_ballot(tx, this->id).value(), ballot::ApprovalStep::count));
        });
    }
};

} // namespace walkout::test
