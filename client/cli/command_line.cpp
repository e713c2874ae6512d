#include "client/cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <map>
#include <optional>

namespace walkout::cli {
namespace {

Form form_of(const CLI::Validator& validator)
{
    return {[validator](std::string& text) { return validator(text); }, validator.get_description()};
}

CLI::Validator validator_of(const Form& form) { return CLI::Validator(form.wrong, form.type); }

} // namespace

Form is_positive() { return form_of(CLI::PositiveNumber); }
Form is_within(int least, int most) { return form_of(CLI::Range(least, most)); }
Form is_file() { return form_of(CLI::ExistingFile); }
Form one_of(std::vector<std::string> words) { return form_of(CLI::IsMember(std::move(words))); }

Form is_span()
{
    return form_of(
        CLI::AsNumberWithUnit(std::map<std::string, std::uint64_t>{{"s", 1}, {"m", 60}, {"h", 3600}}, CLI::AsNumberWithUnit::UNIT_REQUIRED));
}

Option Option::required(bool is) const { return Option(*is_->required(is)); }
Option Option::check(const Form& form) const { return Option(*is_->check(validator_of(form))); }
Option Option::transform(const Form& form) const { return Option(*is_->transform(validator_of(form))); }
Option Option::excludes(Option other) const { return Option(*is_->excludes(other.is_)); }
Option Option::needs(Option other) const { return Option(*is_->needs(other.is_)); }
Option Option::one_each() const { return Option(*is_->allow_extra_args(false)); }
Option Option::shows_default() const { return Option(*is_->capture_default_str()); }
Option Option::shows_default(const std::string& words) const { return Option(*is_->default_str(words)); }
Option Option::environment(const std::string& variable) const { return Option(*is_->envname(variable)); }

Command Command::add_subcommand(const std::string& name, const std::string& description) const
{
    return Command(*is_->add_subcommand(name, description));
}

Command Command::get_subcommand(const std::string& name) const { return Command(*is_->get_subcommand(name)); }
Option Command::get_option(const std::string& name) const { return Option(*is_->get_option(name)); }
Command Command::require_subcommand() const { return Command(*is_->require_subcommand(1)); }
Command Command::footer(const std::string& words) const { return Command(*is_->footer(words)); }
bool Command::parsed() const { return is_->parsed(); }

template <class T> Option Command::add_option(const std::string& names, T& value, const std::string& description) const
{
    return Option(*is_->add_option(names, value, description));
}

template Option Command::add_option(const std::string&, std::string&, const std::string&) const;
template Option Command::add_option(const std::string&, std::vector<std::string>&, const std::string&) const;
template Option Command::add_option(const std::string&, std::optional<std::string>&, const std::string&) const;
template Option Command::add_option(const std::string&, int&, const std::string&) const;
template Option Command::add_option(const std::string&, std::int64_t&, const std::string&) const;
template Option Command::add_option(const std::string&, std::uint64_t&, const std::string&) const;
template Option Command::add_option(const std::string&, std::optional<bool>&, const std::string&) const;
template Option Command::add_option(const std::string&, std::optional<double>&, const std::string&) const;
template Option Command::add_option(const std::string&, std::optional<std::int64_t>&, const std::string&) const;

Option Command::add_flag(const std::string& names, bool& value, const std::string& description) const
{
    return Option(*is_->add_flag(names, value, description));
}

} // namespace walkout::cli
