#include "shared/protocol/growth.hpp"

#include "shared/base/encoding.hpp"
#include "shared/protocol/digest_set.hpp"

namespace walkout::protocol {
namespace {

using Step = EventReader::Step;

std::string tracker_of(const Step& step) { return base64(*from_hex(step.event.payload)); }

std::string words(const Step& step)
{
    if (step.event.type == EventType::ballot) return "the ballot with tracker " + tracker_of(step);
    return "the event " + std::string(name(step.event.type)) + " (" + step.hash.substr(0, 16) + "…)";
}

std::string difference(const Step& before, const std::optional<Step>& after)
{
    const auto place = "At height " + std::to_string(before.event.height) + " the earlier copy has " + words(before);
    if (!after) return place + ", where the later one has already ended";
    const bool alike = words(before) == words(*after);
    return place + ", the later one " + (alike ? "another under that name" : words(*after));
}

class Comparison {
public:
    Comparison(ArchiveReader::Source earlier, ArchiveReader::Source later) : earlier_(std::move(earlier)), later_(std::move(later)) {}

    Growth run()
    {
        auto before = step(earlier_, "earlier");
        auto after = step(later_, "later");
        if (out_.holds() && earlier_.timestamp() != later_.timestamp()) out_.fault = "The two are archives of different ballots: their times differ";
        while (out_.holds() && before) {
            ++out_.events_before;
            if (!after || before->hash != after->hash || before->data != after->data) {
                out_.fault = difference(*before, after);
                name_vanished(std::move(before), std::move(after));
                return out_;
            }
            ++out_.events;
            before = step(earlier_, "earlier");
            after = step(later_, "later");
        }
        for (; out_.holds() && after; after = step(later_, "later")) {
            ++out_.events;
            if (after->event.type == EventType::ballot) ++out_.ballots_added;
        }
        return out_;
    }

private:
    std::optional<Step> step(EventReader& reader, const std::string& which)
    {
        auto read = reader.next();
        if (read) return std::move(*read);
        if (out_.holds()) out_.fault = "The " + which + " copy is no sound archive: " + read.error().detail;
        return std::nullopt;
    }

    void name_vanished(std::optional<Step> before, std::optional<Step> after)
    {
        DigestSet kept;
        for (; after; after = step(later_, "later"))
            if (after->event.type == EventType::ballot) kept.insert(short_digest(after->event.payload));
        for (; before; before = step(earlier_, "earlier"))
            if (before->event.type == EventType::ballot && !kept.contains(short_digest(before->event.payload)))
                out_.vanished.push_back(tracker_of(*before));
    }

    EventReader earlier_, later_;
    Growth out_;
};

} // namespace

Result<std::optional<Step>> EventReader::next()
{
    if (!timestamp_) {
        const auto header = reader_.read_header();
        if (!header) return header.error();
        timestamp_ = *header;
    }
    Step step;
    for (;;) {
        auto record = reader_.next([](std::string_view) {}); // names are checked against content, content is not kept
        if (!record) return record.error();
        if (!*record) {
            if (step.data.empty()) return std::optional<Step>();
            return Refusal{Kind::invalid, "container", "Its last record belongs to no event."};
        }
        if (!(*record)->is_event) {
            if (step.data.size() >= 4) return Refusal{Kind::invalid, "container", "A record of it belongs to no event."};
            step.data.push_back(reader_.hash());
            continue;
        }
        auto event = parse_event((*record)->body);
        if (!event) return event.error();
        if (event->payload != (step.data.empty() ? "" : step.data.back()))
            return Refusal{Kind::invalid, "event", "An event of it is not about the record before it."};
        step.event = std::move(*event);
        step.hash = reader_.hash();
        step.record = reader_.records_read();
        return std::optional(std::move(step));
    }
}

Growth compare_growth(ArchiveReader::Source earlier, ArchiveReader::Source later) { return Comparison(std::move(earlier), std::move(later)).run(); }

} // namespace walkout::protocol
