#pragma once

#include "server/documents/markup.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::documents {

/// A file compiled into the program.
struct EmbeddedFile {
    std::string_view name;
    std::string_view text;
};
const std::vector<EmbeddedFile>& embedded_templates();

/// The wording and look of our documents: Mustache (mustache(5)) over CommonMark with tables, one file NAME.md a document (NAME.cy.md in Welsh), and
/// style.css for pages. The data put into a template is always text, never markup, whoever wrote it; statutory words come as data, whole.
class Templates {
public:
    /// A union's folder may hold files of the same names in place of ours. Throws std::runtime_error, naming the file and what is wrong:
    /// one that we do not have, that puts data in as markup ({{{x}}} or {{&x}}), or that leaves out anything ours shows.
    explicit Templates(const std::optional<std::filesystem::path>& folder = {});

    /// The document NAME, filled with a JSON object: {{key}} a text, number or true; {{#key}} ... {{/key}} a list, an object or a condition;
    /// {{^key}} where it is absent, empty or false; any_KEY whether the list KEY has something. Throws std::logic_error for a name we do not have.
    /// In another language than English the document is NAME.LANGUAGE.md.
    Blocks fill(std::string_view name, std::string_view json, std::string_view language = "en") const;

    /// Is there a document NAME in that language?
    bool speaks(std::string_view name, std::string_view language) const;

    const std::string& css() const { return css_; }

private:
    std::map<std::string, std::string, std::less<>> texts_;
    std::string css_;
};

/// The keys that a template shows or asks after.
std::set<std::string> keys_of(std::string_view mustache);

} // namespace walkout::documents
