#include "server/http/connection.hpp"

namespace walkout::http {
namespace {

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

std::optional<Fault> fault_of(boost::system::error_code error)
{
    if (error == wire::error::header_limit || error == wire::error::buffer_overflow) return Fault::headers_too_large;
    if (error == wire::error::body_limit) return Fault::body_too_large;
    if (error == wire::error::end_of_stream || error == wire::error::partial_message) return std::nullopt;
    if (error.category() == make_error_code(wire::error::bad_method).category()) return Fault::malformed;
    return std::nullopt;
}

} // namespace

std::optional<LargeBodies::Share> LargeBodies::take(std::uint64_t bytes)
{
    auto left = left_.load();
    do {
        if (left < bytes) return std::nullopt;
    } while (!left_.compare_exchange_weak(left, left - bytes));
    return Share(*this, bytes);
}

void Connection::begin_idle()
{
    idle_ = true;
    deadline(limits.idle);
}

void Connection::end_idle(std::size_t received)
{
    idle_ = false;
    buffer.commit(received);
}

void Connection::begin_header()
{
    fault.reset();
    method_ = Method::get;
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser->body_limit(boost::none); // known only when the route is: judge_header
    deadline(limits.header);
}

void Connection::judge_header()
{
    const auto& header = parser->get();
    const auto method = from_name<Method>(view(header.method_string()));
    auto target = parse_target(view(header.target()));
    if (!method) fault = Fault::unknown_method;
    else if (!target || (header.version() == 11 && header.count(wire::field::host) != 1)) fault = Fault::malformed;
    // No client of ours sends chunks, and Beast 1.81 asserts what is not so of one that arrives in pieces (basic_parser.ipp, parse_chunk_header).
    else if (parser->chunked()) fault = Fault::length_required;
    if (fault) return;
    method_ = *method;
    target_ = *std::move(target);
    const auto length = parser->content_length().value_or(0);
    if (!takes_body(method_, target_.path, length)) return;
    deadline(time_for(limits.body, length));
}

bool Connection::takes_body(Method method, std::string_view path, std::uint64_t length)
{
    if (length > application.body_limit(method, path)) fault = Fault::body_too_large;
    else if (length > default_body_limit && !(share_ = large_bodies.take(length))) fault = Fault::too_busy;
    return !fault;
}

bool Connection::is_fault(boost::system::error_code error)
{
    fault = fault_of(error);
    return fault.has_value();
}

bool Connection::expects_continue() const { return beast::iequals(parser->get()[wire::field::expect], "100-continue") && !parser->is_done(); }

Request Connection::take_request()
{
    auto message = parser->release();
    const auto field = [&](wire::field name) { return std::string(view(message[name])); };
    return Request{.method = method_,
                   .path = std::move(target_.path),
                   .query = std::move(target_.query),
                   .bearer = bearer_token(view(message[wire::field::authorization])),
                   .if_match = field(wire::field::if_match),
                   .if_none_match = field(wire::field::if_none_match),
                   .idempotency_key = std::string(view(message["Idempotency-Key"])),
                   .content_type = field(wire::field::content_type),
                   .accept_language = field(wire::field::accept_language),
                   .body = std::move(message.body()),
                   .peer = peer};
}

void Connection::prepare(Response response)
{
    keep_alive = !fault && !finishing_ && parser->keep_alive();
    response_ = std::move(response);
    reply.emplace(static_cast<wire::status>(response_.status), 11);
    add_fields(response_);
    reply->keep_alive(keep_alive);
    const bool may_have_body = response_.status != 204 && response_.status != 304;
    const auto content = response_.content();
    if (may_have_body) reply->content_length(content.size());
    if (may_have_body && method_ != Method::head) reply->body() = {content.data(), content.size()};
    deadline(time_for(limits.write, reply->body().size()));
    share_.reset();
}

void Connection::sent()
{
    reply.reset();
    response_ = {};
}

void Connection::add_fields(Response& response)
{
    reply->set(wire::field::strict_transport_security, "max-age=63072000");
    reply->set("X-Content-Type-Options", "nosniff");
    reply->set(wire::field::cache_control, "no-store");
    if (!response.content_type.empty()) reply->set(wire::field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) reply->set(name, value);
}

void Connection::begin_linger()
{
    buffer.consume(buffer.size());
    deadline(5s);
}

void Connection::finish()
{
    finishing_ = true;
    if (idle_) beast::get_lowest_layer(stream).close();
}

std::chrono::milliseconds Connection::time_for(std::chrono::milliseconds base, std::uint64_t bytes) const
{
    return base + std::chrono::seconds(bytes / limits.slowest_rate);
}

} // namespace walkout::http
