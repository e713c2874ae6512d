#pragma once

#include "server/api/pool.hpp"
#include "server/api/route.hpp"
#include "server/http/rate_limit.hpp"
#include "server/http/router.hpp"
#include "shared/wire/server.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::api {

/// Whose session a bearer token opens; nothing where it opens none (unknown, expired, ended).
using Authenticate = std::function<std::optional<ballot::Caller>(const store::ReadTx&, std::string_view bearer, Instant machine_now)>;

/// Where log lines go. Called from several threads.
using Log = std::function<void(const wire::LogLine&)>;

/// From request to reply: route, rate, session, access, preconditions, idempotency, handler, problem. See Route for where handlers run.
class Dispatcher final : public http::Application {
public:
    struct Settings {
        Authenticate authenticate{};
        std::function<void(const store::ReadTx&, std::string_view bearer, Instant machine_now)>
            session_used{}; ///< may be empty; of traceless routes only for the scrutineer's own
        Log log{};
        std::optional<http::RateLimiter::Rate> per_address{}; ///< requests; none: unlimited
    };
    /// `services` and `pool` must outlive it and every request in flight: stop the pool and the writer first.
    Dispatcher(std::vector<Route> routes, Services& services, Pool& pool, Settings settings);

    void answer(http::Request request, http::Respond respond) override;
    std::uint64_t body_limit(http::Method method, std::string_view path) const override;
    http::Response refuse(http::Fault fault) override;

private:
    struct Exchange;
    using Shared = std::shared_ptr<Exchange>;
    using Step = std::variant<Reply, Work>; ///< what a snapshot of the database leads to

    bool turn_away(Exchange& exchange);
    void send_no_route(Exchange& exchange, const std::vector<http::Method>& allowed);
    void serve(const Shared& exchange) noexcept;
    Result<Step> decide(Exchange& exchange, const store::ReadTx& tx);
    Result<void> admit(Exchange& exchange, const store::ReadTx& tx);
    void submit(const Shared& exchange, Work work);
    void finish(Exchange& exchange, const Result<Reply>& result);
    void fail(Exchange& exchange, std::exception_ptr why) noexcept;
    void send(Exchange& exchange, Reply reply, std::string code, std::string detail);
    std::string new_id();

    const std::vector<Route> routes_;
    const http::Router router_;
    Services& services_;
    Pool& pool_;
    Settings settings_;
    std::optional<http::RateLimiter> limiter_;
};

} // namespace walkout::api
