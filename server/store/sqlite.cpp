#include "server/store/sqlite.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

namespace walkout::store {
namespace {

constexpr int busy_timeout_ms = 5000;

[[noreturn]] void fail(sqlite3* db, std::string_view operation)
{
    throw Failure(std::string(operation.substr(0, operation.find('\n'))) + ": " + sqlite3_errmsg(db), sqlite3_extended_errcode(db));
}

void check(sqlite3_stmt* statement, int rc, const char* operation)
{
    if (rc != SQLITE_OK) fail(sqlite3_db_handle(statement), operation);
}

void execute(sqlite3* db, const char* sql)
{
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db, sql);
}

/// SQLite would make the file with the umask's permissions; members' data is for the server's account alone.
void create_private_file(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) throw std::filesystem::filesystem_error("cannot make the database", file, {errno, std::system_category()});
    ::close(descriptor);
}

} // namespace

bool Failure::disk_full() const { return (code & 0xff) == SQLITE_FULL; }

StatementCache::~StatementCache()
{
    for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
}

sqlite3_stmt* StatementCache::take(std::string_view sql)
{
    if (const auto found = idle_.find(sql); found != idle_.end()) {
        auto* const statement = found->second;
        idle_.erase(found);
        return statement;
    }
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    if (sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, &tail) != SQLITE_OK) fail(db_, sql);
    return statement;
}

void StatementCache::give_back(sqlite3_stmt* statement) noexcept
{
    sqlite3_reset(statement); // its error, if any, was thrown by step()
    sqlite3_clear_bindings(statement);
    try {
        idle_.emplace(sqlite3_sql(statement), statement);
    } catch (...) {
        sqlite3_finalize(statement); // out of memory: only the cache is poorer
    }
}

Statement::Statement(StatementCache& cache, std::string_view sql) : statement_(cache.take(sql), GiveBack{&cache}) {}

void Statement::reset()
{
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

void Statement::bind_null(int index) { check(statement_.get(), sqlite3_bind_null(statement_.get(), index), "bind"); }
void Statement::bind_integer(int index, std::int64_t value) { check(statement_.get(), sqlite3_bind_int64(statement_.get(), index, value), "bind"); }
void Statement::bind_real(int index, double value) { check(statement_.get(), sqlite3_bind_double(statement_.get(), index, value), "bind"); }

// SQLITE_TRANSIENT: SQLite copies, so a caller's temporary may die before step(). An empty view may hold a null pointer, which
// SQLite would read as NULL.
void Statement::bind_text(int index, std::string_view value)
{
    const char* const data = value.empty() ? "" : value.data();
    check(statement_.get(), sqlite3_bind_text64(statement_.get(), index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8), "bind");
}

void Statement::bind_blob(int index, ByteView value)
{
    const void* const data = value.empty() ? "" : static_cast<const void*>(value.data());
    check(statement_.get(), sqlite3_bind_blob64(statement_.get(), index, data, value.size(), SQLITE_TRANSIENT), "bind");
}

bool Statement::step()
{
    const int rc = sqlite3_step(statement_.get());
    if (rc == SQLITE_ROW) return true;
    if (rc == SQLITE_DONE) return false;
    fail(sqlite3_db_handle(statement_.get()), "step");
}

void Statement::run()
{
    if (step()) throw std::logic_error("Statement::run: the statement returned a row");
}

std::int64_t Statement::changes()
{
    run();
    return sqlite3_changes64(sqlite3_db_handle(statement_.get()));
}

void Statement::change_one_row()
{
    const auto changed = changes();
    if (changed != 1) throw std::logic_error("Statement::change_one_row: changed " + std::to_string(changed) + " rows");
}

std::int64_t Statement::number()
{
    if (!step()) throw std::logic_error("Statement::number: no row");
    return integer(0);
}

bool Statement::null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }
std::string Statement::text(int column) const { return std::string(text_of(blob(column))); }

ByteView Statement::blob(int column) const
{
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Bytes Statement::bytes(int column) const
{
    const auto view = blob(column);
    return Bytes(view.begin(), view.end());
}

void WriteTx::script(std::string_view sql) { execute(db_, std::string(sql).c_str()); }

void Database::Close::operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }

Database::Database(const std::string& name, int flags)
{
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(name.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    db_.reset(raw); // a handle comes back even on failure and must be closed
    if (rc != SQLITE_OK) fail(raw, "cannot open the database " + name);
    cache_ = std::make_unique<StatementCache>(raw);
    sqlite3_busy_timeout(raw, busy_timeout_ms);
    if ((flags & SQLITE_OPEN_READWRITE) != 0) {
        exec("PRAGMA journal_mode = WAL");
        exec("PRAGMA synchronous = FULL"); // an acknowledged vote survives power loss
        exec("PRAGMA secure_delete = ON");
    }
    exec("PRAGMA foreign_keys = ON");
    exec("PRAGMA trusted_schema = OFF");
}

Database::Database(const std::filesystem::path& file, Mode mode)
    : Database((mode == Mode::create ? create_private_file(file) : void(), file.string()),
               mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
{}

Database Database::in_memory() { return Database(":memory:", SQLITE_OPEN_READWRITE); }

void Database::exec(const char* sql) { execute(db_.get(), sql); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
void Database::limit_pages(std::int64_t pages) { exec(("PRAGMA max_page_count = " + std::to_string(pages)).c_str()); }

bool Database::truncate_log() noexcept
{
    // Readers that began before are waited for, but shortly: every writer waits with us.
    sqlite3_busy_timeout(db_.get(), 250);
    const int rc = sqlite3_wal_checkpoint_v2(db_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(db_.get(), busy_timeout_ms);
    return rc == SQLITE_OK;
}

Database::Scope::Scope(sqlite3* db, const char* begin) : db_(db) { execute(db_, begin); }

Database::Scope::~Scope()
{
    // SQLite may have rolled back by itself (disk full, I/O error); a second ROLLBACK would only report that.
    if (open_ && sqlite3_get_autocommit(db_) == 0) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::Scope::commit()
{
    execute(db_, "COMMIT");
    open_ = false;
}

} // namespace walkout::store
