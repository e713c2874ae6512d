#include "server/documents/html.hpp"
#include "server/documents/pdf.hpp"
#include "server/documents/templates.hpp"
#include "tests/support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

using namespace walkout;
using namespace walkout::documents;

TEST_SUITE_BEGIN("documents");

namespace {

constexpr std::string_view timetable = R"({"title":"Pay 2026","country":"Great Britain","warnings":[],
    "dates":[{"when":"1 June","what":"Opening day","why":"s.230"},{"when":"2 July","what":"Closing","why":"s.246"}]})";

void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string why_not(const std::filesystem::path& folder)
{
    try {
        const Templates made(folder);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("what is put into a template is text, never markup")
{
    for (const std::string evil : {"**bold**", "<script>alert(1)</script>", "# heading", "| a | b |", "1. one", "    code", "[x](http://e)",
                                   "![a](qr:b)", "&copy;", "- item", "\\", "```", "a\n\nb", "---", "https://example.org", "Ŵyl ŷd – “quoted”"}) {
        CAPTURE(evil);
        const auto blocks = read_markup("Name: " + literal(evil) + "\n\n" + literal(evil) + "\n\n| a |\n|---|\n| " + literal(evil) + " |\n");
        REQUIRE(blocks.size() == 3);
        CHECK(blocks[0].kind == Block::Kind::paragraph);
        CHECK(blocks[1].kind == Block::Kind::paragraph);
        CHECK(blocks[2].kind == Block::Kind::table);
        CHECK(html_of(blocks).find("<script") == std::string::npos);
        std::string plain;
        for (const char c : evil)
            if (!(c == ' ' || c == '\n') || (!plain.empty() && plain.back() != ' ')) plain += c == '\n' ? ' ' : c;
        CHECK(plain_text({blocks[1]}) == plain + "\n\n");
    }
}

TEST_CASE("a list in a template becomes the rows of one table")
{
    const auto blocks = Templates().fill("timetable", timetable);
    CHECK(title_of(blocks) == "Timetable: Pay 2026");
    const auto table = std::ranges::find_if(blocks, [](const Block& block) { return block.kind == Block::Kind::table; });
    REQUIRE(table != blocks.end());
    REQUIRE(table->children.size() == 3);
    CHECK(table->children[0].header);
    CHECK(plain_text({table->children[2]}) == "2 July | Closing | s.246\n");
}

TEST_CASE("a union's template may say it otherwise, but must show all that ours shows, and never as markup")
{
    const test::TemporaryFolder folder;
    write(folder.path / "timetable.md", "# {{title}}\n{{#rehearsal}}REHEARSAL{{/rehearsal}} {{country}} {{#warnings}}{{.}}{{/warnings}}\n\n"
                                        "{{#dates}}\n* {{when}}: {{what}} ({{why}})\n{{/dates}}\n");
    write(folder.path / "style.css", "h1 { color: navy; }");
    const Templates ours(folder.path);
    CHECK(title_of(ours.fill("timetable", timetable)) == "Pay 2026");
    CHECK(ours.css() == "h1 { color: navy; }");

    write(folder.path / "timetable.md", "# {{title}}\n");
    CHECK(why_not(folder.path).find("leaves out {{") != std::string::npos);
    for (const auto* tag : {"{{{title}}}", "{{& title}}", "{{! {{title}} }}", "{{=<< >>=}}", "{{> other}}"}) {
        CAPTURE(tag);
        write(folder.path / "timetable.md", "# " + std::string(tag) + "\n");
        CHECK(why_not(folder.path).find("has a tag that is none of") != std::string::npos);
    }
    write(folder.path / "timetable.md", "{{#dates}} {{title}}\n");
    CHECK(why_not(folder.path) != "");
    std::filesystem::remove(folder.path / "timetable.md");
    const auto sample = std::string(std::ranges::find(embedded_templates(), "sample_paper.md", &EmbeddedFile::name)->text);
    for (const auto& [ours_says, theirs] :
         {std::pair<std::string, std::string>{"> {{statement}}", "You may be dismissed."}, {"{{.}}", "A question"}}) {
        auto altered = sample;
        altered.replace(altered.find(ours_says), ours_says.size(), theirs);
        write(folder.path / "sample_paper.md", altered);
        CHECK(why_not(folder.path).find("must show there") != std::string::npos);
    }
    std::filesystem::remove(folder.path / "sample_paper.md");
    write(folder.path / "timetabel.md", "# {{title}}\n");
    CHECK(why_not(folder.path).find("timetabel.md is not the name") != std::string::npos);
}

TEST_CASE("a document in Welsh shows what the English one shows, and one that is not written in Welsh is not offered")
{
    int welsh = 0;
    for (const auto& [file, text] : embedded_templates()) {
        const auto at = file.find(".cy.md");
        if (at == file.npos) continue;
        ++welsh;
        const auto english = std::string(file.substr(0, at)) + ".md";
        const auto found = std::ranges::find(embedded_templates(), english, &EmbeddedFile::name);
        REQUIRE(found != embedded_templates().end());
        CAPTURE(file);
        CHECK(keys_of(text) == keys_of(found->text));
    }
    CHECK(welsh == 8);
    CHECK(Templates().speaks("result", "cy"));
    CHECK_FALSE(Templates().speaks("timetable", "cy"));
    CHECK_THROWS_AS((void)Templates().fill("timetable", timetable, "cy"), std::logic_error);
}

TEST_CASE("TULRCA s.232: the result of members overseas is no part of those entitled, and shows no test of the law")
{
    const auto result = [](const char* figures) {
        return std::string(R"({"title":"Pay","from":"gs","rehearsal":false,"opening_day":"o","date_of_ballot":"d","result_hash":"h","source":"s",)") +
               R"("constituencies":[{"name":"Pay","cast":6,"warnings":[],)" + figures +
               R"(,"text":"Strike?","yes":6,"no":0,"spoiled":0,"yes_percent":"100.0","no_percent":"0.0","yes_percent_of_all":"100.0",)"
               R"("no_percent_of_all":"0.0","outcome":"No mandate."}]}]})";
    };
    const Templates templates;
    for (const auto* language : {"en", "cy"}) {
        const auto abroad = html_of(templates.fill("result", result(R"("entitled":0,"overseas":6,"questions":[{"tests":[])"), language));
        const auto home = html_of(
            templates.fill("result", result(R"("entitled":9,"questions":[{"tests":[{"asks":"half","sum":"2×6 ≥ 9","met":"yes"}])"), language));
        CHECK(abroad.find(language == std::string("en") ? "Members overseas" : "Aelodau tramor") != std::string::npos);
        CHECK(home.find(language == std::string("en") ? "Members overseas" : "Aelodau tramor") == std::string::npos);
        CHECK(abroad.find(language == std::string("en") ? "Individuals entitled" : "Unigolion") == std::string::npos);
        CHECK(home.find("2×6 ≥ 9") != std::string::npos);
        for (const auto& page : {abroad, home}) CHECK(page.find("| ") == std::string::npos); // every row is one of a table
        CHECK(abroad.find(language == std::string("en") ? "In whole numbers" : "Mewn rhifau cyfan") == std::string::npos);
    }
}

TEST_CASE("a sheet shrinks to one page as far as its least scale lets it")
{
    std::string lines;
    for (int i = 0; i < 300; ++i) lines += i % 10 == 9 ? "A line of a timetable.\n\n" : "A line of a timetable. ";
    const test::TemporaryFolder folder;
    const auto file = folder.path / "sheet.pdf";
    const std::vector<Blocks> sheet{read_markup(lines)};
    const auto pages = [&](double least) {
        std::ofstream(file) << pdf_of(sheet, {.title = "T", .one_page_each = true, .least_scale = least});
        std::string out;
        auto* pipe = ::popen(("pdfinfo " + file.string()).c_str(), "r");
        REQUIRE(pipe != nullptr);
        for (int c = 0; (c = std::fgetc(pipe)) != EOF;) out += static_cast<char>(c);
        ::pclose(pipe);
        const auto at = out.find("Pages:");
        REQUIRE(at != std::string::npos);
        return std::stoi(out.substr(at + 6));
    };
    CHECK(pages(1) == 2);
    CHECK(pages(0.6) == 1);
}

TEST_CASE("a page stands alone: it loads nothing and says so in its policy")
{
    const Templates templates;
    const auto page = html_page(templates.fill("timetable", timetable), templates.css(), "en");
    CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    CHECK(page.find("<title>Timetable: Pay 2026</title>") != std::string::npos);
    CHECK(page.find("http://") == std::string::npos);
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page_policy(templates.css()).starts_with("default-src 'none'; style-src 'sha256-"));
}

TEST_CASE("the same document gives the same bytes, and another document others")
{
    const auto blocks = read_markup("# Ŵythnos\n\nText\n\n![Scan me](qr:https://example.org)\n");
    const PdfInfo info{.title = "T", .author = "A", .made = Instant{}, .foot = "foot"};
    const auto once = pdf_of(std::vector<Blocks>{blocks}, info);
    CHECK(once == pdf_of(std::vector<Blocks>{blocks}, info));
    CHECK(once.starts_with("%PDF-"));
    CHECK(once != pdf_of(std::vector<Blocks>{blocks, blocks}, info));
    CHECK_THROWS_AS((void)pdf_of({}, info), std::invalid_argument);
}

TEST_CASE("a PDF says that its text is tagged, and in which language it is read aloud")
{
    const test::TemporaryFolder folder;
    const auto file = folder.path / "t.pdf";
    std::ofstream(file) << pdf_of(std::vector<Blocks>{read_markup("# Ŵythnos\n\nTestun\n")}, {.title = "T", .language = "cy"});
    const auto said = [&](const std::string& command) {
        std::string out;
        auto* pipe = ::popen((command + " " + file.string() + " 2>&1").c_str(), "r");
        REQUIRE(pipe != nullptr);
        for (int c = 0; (c = std::fgetc(pipe)) != EOF;) out += static_cast<char>(c);
        ::pclose(pipe);
        return out;
    };
    const auto info = said("pdfinfo");
    CHECK(info.find("Tagged:          yes") != std::string::npos);
    CHECK(info.find("rror") == std::string::npos);
    CHECK(said("pdfinfo -struct").find("H1") != std::string::npos);
    CHECK(said("pdftotext -layout").empty());
    std::ifstream written(file);
    CHECK(std::string(std::istreambuf_iterator<char>(written), {}).find("/Lang (cy)") != std::string::npos);
}

TEST_CASE("a template's link leads to this server or to https, and data cannot make one")
{
    const auto html = [](const std::string& markdown) { return html_of(read_markup(markdown)); };
    CHECK(html("[All](/strike)") == "<p><a href=\"/strike\">All</a></p>\n");
    CHECK(html("[All](https://example.org/?a&b)") == "<p><a href=\"https://example.org/?a&amp;b\">All</a></p>\n");
    for (const std::string address : {"javascript:alert(1)", "//example.org", "http://example.org", "data:text/html,x", "strike"}) {
        CAPTURE(address);
        CHECK(html("[All](" + address + ")") == "<p>All</p>\n");
    }
    CHECK(html("[" + literal("a](/b)") + "](/" + literal("x) [c](/d") + ")").find("/d\">") == std::string::npos);
}

TEST_CASE("lines to write on are drawn, at most a page of them, and a first-level heading begins a sheet")
{
    const auto blocks = read_markup("# One\n\n![](lines:3)\n\n# Two\n\n![](lines:4000)\n\n![](lines:x)\n");
    REQUIRE(blocks.size() == 5);
    CHECK(html_of({blocks[1]}) == "<div class=\"lines\"><div></div><div></div><div></div></div>\n");
    CHECK(blocks[3].level == 40);
    CHECK(blocks[4].kind == Block::Kind::paragraph);
    const auto sheets = sheets_of(blocks);
    REQUIRE(sheets.size() == 2);
    CHECK(title_of(sheets[1]) == "Two");
    CHECK(pdf_of(sheets, {.title = "T"}).starts_with("%PDF-"));
    CHECK(pdf_of(sheets, {.title = "T"}) != pdf_of(sheets, {.title = "T", .scale = 2}));
}
