#pragma once

#include "shared/base/encoding.hpp"
#include "shared/base/id.hpp"
#include "shared/base/names.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace walkout::store {

/// The database broke (disk, corruption, a violated constraint). Not a refusal: the caller of the API sees a bare 500.
struct Failure : std::runtime_error {
    Failure(const std::string& what, int result_code) : std::runtime_error(what), code(result_code) {}
    bool disk_full() const;
    int code; ///< SQLite extended result code
};

/// Keeps a connection's compiled statements between uses.
class StatementCache {
public:
    explicit StatementCache(sqlite3* db) : db_(db) {}
    StatementCache(const StatementCache&) = delete;
    StatementCache& operator=(const StatementCache&) = delete;
    ~StatementCache();
    sqlite3_stmt* take(std::string_view sql);
    void give_back(sqlite3_stmt* statement) noexcept;

private:
    sqlite3* db_;
    std::multimap<std::string, sqlite3_stmt*, std::less<>> idle_;
};

/// One SQL statement in use. Bound values may be integers, bool, double, text, bytes, Instant, Date, enums with enum_names, Id<...>,
/// std::optional of these (empty is NULL) and nullptr. Date is stored as days since 1970, Instant as seconds since 1970.
///
///     tx.prepare("UPDATE roll SET voted = 1 WHERE ballot = ? AND member = ? AND voted = 0").bind(ballot, member).change_one_row();
///     for (auto& row : tx.prepare("SELECT name FROM branch WHERE union_code = ?").bind(code)) use(row.text(0));
///     return tx.prepare("SELECT name FROM member WHERE number = ?").bind(n).first([](const Statement& row) { return row.text(0); });
class Statement {
public:
    Statement(StatementCache& cache, std::string_view sql);

    template <class... Args> Statement& bind(const Args&... args) &
    {
        reset();
        int index = 0;
        (bind_one(++index, args), ...);
        return *this;
    }
    template <class... Args> Statement bind(const Args&... args) && // by value, so that a range-for over it keeps the statement alive
    {
        bind(args...);
        return std::move(*this);
    }

    bool step();            ///< true while there is a row
    void run();             ///< for statements that return no rows
    void change_one_row();  ///< run(), then insist that exactly one row changed
    std::int64_t changes(); ///< run(), then the number of rows changed
    std::int64_t number();  ///< the first column of the only row: SELECT count(*) ...

    template <class Make> auto first(Make make) -> std::optional<std::invoke_result_t<Make, const Statement&>>
    {
        if (!step()) return std::nullopt;
        return make(std::as_const(*this));
    }
    template <class Make> auto all(Make make) -> std::vector<std::invoke_result_t<Make, const Statement&>>
    {
        std::vector<std::invoke_result_t<Make, const Statement&>> rows;
        while (step()) rows.push_back(make(std::as_const(*this)));
        return rows;
    }

    // Columns of the current row, counted from 0.
    bool null(int column) const;
    std::int64_t integer(int column) const;
    bool boolean(int column) const { return integer(column) != 0; }
    double real(int column) const;
    std::string text(int column) const;
    ByteView blob(int column) const; ///< valid until the next step()
    Bytes bytes(int column) const;
    Instant instant(int column) const { return Instant(std::chrono::seconds(integer(column))); }
    Date date(int column) const { return Date(Days(integer(column))); }
    template <std::size_t N> std::array<std::uint8_t, N> array(int column) const ///< throws unless the column holds exactly N bytes
    {
        const auto view = blob(column);
        if (view.size() != N) throw std::logic_error("Statement::array: a column of another length");
        std::array<std::uint8_t, N> out;
        std::ranges::copy(view, out.begin());
        return out;
    }
    template <Named E> E named(int column) const
    {
        const auto value = from_name<E>(text(column));
        if (!value) throw std::logic_error("Statement::named: unknown name in the database: " + text(column));
        return *value;
    }
    template <class IdType> IdType id(int column) const
    {
        const auto value = IdType::parse(text(column));
        if (!value) throw std::logic_error("Statement::id: not an identifier in the database");
        return *value;
    }
    std::optional<std::int64_t> optional_integer(int column) const
    {
        return optional(column, [&] { return integer(column); });
    }
    std::optional<double> optional_real(int column) const
    {
        return optional(column, [&] { return real(column); });
    }
    std::optional<std::string> optional_text(int column) const
    {
        return optional(column, [&] { return text(column); });
    }
    std::optional<Instant> optional_instant(int column) const
    {
        return optional(column, [&] { return instant(column); });
    }
    std::optional<Date> optional_date(int column) const
    {
        return optional(column, [&] { return date(column); });
    }

    class Iterator {
    public:
        explicit Iterator(Statement& statement) : statement_(&statement) { ++*this; }
        const Statement& operator*() const { return *statement_; }
        Iterator& operator++()
        {
            done_ = !statement_->step();
            return *this;
        }
        bool operator==(std::default_sentinel_t) const { return done_; }

    private:
        Statement* statement_;
        bool done_ = false;
    };
    Iterator begin() { return Iterator(*this); }
    std::default_sentinel_t end() const { return {}; }

private:
    void reset();
    void bind_null(int index);
    void bind_integer(int index, std::int64_t value);
    void bind_real(int index, double value);
    void bind_text(int index, std::string_view value);
    void bind_blob(int index, ByteView value);

    template <class T> void bind_one(int index, const T& value)
    {
        if constexpr (std::is_same_v<T, std::nullptr_t>) bind_null(index);
        else if constexpr (std::integral<T>) bind_integer(index, static_cast<std::int64_t>(value));
        else if constexpr (std::floating_point<T>) bind_real(index, value);
        else if constexpr (Named<T>) bind_text(index, name(value));
        else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Date>) bind_integer(index, value.time_since_epoch().count());
        else if constexpr (std::convertible_to<const T&, std::string_view>) bind_text(index, value);
        else if constexpr (std::convertible_to<const T&, ByteView>) bind_blob(index, value);
        else bind_text(index, value.text()); // Id<...>
    }
    template <class T> void bind_one(int index, const std::optional<T>& value)
    {
        if (value) bind_one(index, *value);
        else bind_null(index);
    }
    template <class Read> auto optional(int column, Read read) const -> std::optional<std::invoke_result_t<Read>>
    {
        if (null(column)) return std::nullopt;
        return read();
    }

    struct GiveBack {
        StatementCache* cache;
        void operator()(sqlite3_stmt* statement) const noexcept { cache->give_back(statement); }
    };
    std::unique_ptr<sqlite3_stmt, GiveBack> statement_;
};

/// Permission to read one consistent snapshot.
class ReadTx {
public:
    Statement prepare(std::string_view sql) const { return Statement(*cache_, sql); }

protected:
    explicit ReadTx(StatementCache& cache) : cache_(&cache) {}
    StatementCache* cache_;
    friend class Database;
};

/// Permission to change the database. Only Database::write() and the Writer make one, so a function that takes a WriteTx& cannot
/// run outside a transaction.
class WriteTx : public ReadTx {
public:
    void script(std::string_view sql); ///< several statements at once: migrations

private:
    explicit WriteTx(StatementCache& cache, sqlite3* db) : ReadTx(cache), db_(db) {}
    sqlite3* db_;
    friend class Database;
    friend class Writer;
};

/// One connection; one thread at a time.
class Database {
public:
    enum class Mode { create, read_write, read_only };
    explicit Database(const std::filesystem::path& file, Mode mode = Mode::read_write); ///< create: 0600, and refuses an existing file
    static Database in_memory();

    /// Runs work in one IMMEDIATE transaction. Commits if the Result holds a value; rolls back if it holds a refusal or work throws.
    template <class Work> std::invoke_result_t<Work, WriteTx&> write(Work&& work)
    {
        Scope scope(db_.get(), "BEGIN IMMEDIATE");
        WriteTx tx(*cache_, db_.get());
        auto result = std::invoke(std::forward<Work>(work), tx);
        if (result.has_value()) scope.commit();
        return result;
    }

    template <class Work> std::invoke_result_t<Work, const ReadTx&> read(Work&& work)
    {
        Scope scope(db_.get(), "BEGIN");
        const ReadTx tx(*cache_);
        return std::invoke(std::forward<Work>(work), tx);
    }

    /// Everything into the database file, and the write-ahead log cut to no bytes; false where a reader still uses it. Outside a transaction.
    bool truncate_log() noexcept;
    void limit_pages(std::int64_t pages); ///< PRAGMA max_page_count: beyond it the disk is "full"

private:
    Database(const std::string& name, int flags);
    void exec(const char* sql);
    bool in_transaction() const;

    class Scope {
    public:
        Scope(sqlite3* db, const char* begin);
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;
        ~Scope();
        void commit();

    private:
        sqlite3* db_;
        bool open_ = true;
    };
    struct Close {
        void operator()(sqlite3* db) const noexcept;
    };
    std::unique_ptr<sqlite3, Close> db_;
    std::unique_ptr<StatementCache> cache_; // after db_: its statements are finalised before the connection closes
    friend class Writer;
};

} // namespace walkout::store
