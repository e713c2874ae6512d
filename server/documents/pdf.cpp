#include "server/documents/pdf.hpp"

#include "server/documents/qr_code.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace walkout::documents {

namespace {

// Points of 1/72 inch.
constexpr double page_width = 595.276;
constexpr double page_height = 841.890;
constexpr double margin = 56.7; // 20 mm
constexpr double body_bottom = page_height - margin - 16;
constexpr double indent = 18;
constexpr double cell_padding = 4;
constexpr double short_table = 250;
constexpr double line_height = 24;  // room for a hand
constexpr double blank_column = 72; // the same
constexpr double qr_module = 2.4;   // a version 10 code is then 55 mm wide with its quiet zone, and every camera reads it
constexpr const char* family = "DejaVu Sans";

struct Release {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoLayoutIter* lines) const { pango_layout_iter_free(lines); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(char* text) const { g_free(text); }
};
template <class T> using Owned = std::unique_ptr<T, Release>;

cairo_status_t append(void* out, const unsigned char* data, unsigned length)
{
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

std::string pango_markup(const std::vector<Run>& runs)
{
    std::string out;
    for (const auto& run : runs) {
        if (run.line_break) {
            out += '\n';
            continue;
        }
        std::string text = Owned<char>(g_markup_escape_text(run.text.data(), static_cast<gssize>(run.text.size()))).get();
        if (run.code) text = "<tt>" + text + "</tt>";
        if (run.emphasis) text = "<i>" + text + "</i>";
        if (run.strong) text = "<b>" + text + "</b>";
        out += text;
    }
    return out;
}

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

/// Cairo 1.16 does not say in which language a file is read aloud, nor that a window shows its title. Both stand in the catalogue, of which an
/// incremental update (ISO 32000-1, 7.5.6) appends a second version.
std::string with_catalogue(std::string file, const std::string& language)
{
    const auto at = [&](std::string_view what, std::size_t before = std::string::npos) {
        const auto found = file.rfind(what, before);
        if (found == std::string::npos) throw std::runtime_error("cairo: a file without " + std::string(what));
        return found;
    };
    const auto catalogue = at("<< /Type /Catalog");
    const auto object = at("\n", at(" 0 obj", catalogue)) + 1; // "281 0 obj"
    const auto number = file.substr(object, file.find(' ', object) - object);
    const auto entries = file.substr(catalogue, file.find(">>\nendobj", catalogue) - catalogue);
    const auto trailer = at("trailer\n<<");
    const auto last = file.substr(trailer, file.find("\n>>", trailer) - trailer);
    const auto table = file.substr(at("startxref\n") + 10, file.find("\n%%EOF", trailer) - at("startxref\n") - 10);
    const auto update = std::to_string(file.size());
    file += number + " 0 obj\n" + entries + "   /Lang (" + language + ")\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n";
    const auto entry = std::string(10 - update.size(), '0') + update;
    const auto xref = std::to_string(file.size());
    return file + "xref\n" + number + " 1\n" + entry + " 00000 n \n" + last + "\n   /Prev " + table + "\n>>\nstartxref\n" + xref + "\n%%EOF\n";
}

/// One file, written from top to bottom.
class Pdf {
public:
    /// pages: how many the whole file has, for "page 1 of 3"; 0 where that is what is to be found out.
    Pdf(const PdfInfo& info, int pages) : info_(info), pages_(pages)
    {
        surface_.reset(cairo_pdf_surface_create_for_stream(append, &out_, page_width, page_height));
        cairo_pdf_surface_restrict_to_version(surface_.get(), CAIRO_PDF_VERSION_1_5);
        set(CAIRO_PDF_METADATA_TITLE, info.title);
        set(CAIRO_PDF_METADATA_AUTHOR, info.author);
        set(CAIRO_PDF_METADATA_CREATOR, "Walkout " WALKOUT_VERSION);
        set(CAIRO_PDF_METADATA_CREATE_DATE, text(info.made));
        cairo_.reset(cairo_create(surface_.get()));
        cairo_tag_begin(cairo_.get(), whole, nullptr); // the first tag decides whether Cairo calls the file tagged
    }

    void write(const Blocks& document)
    {
        if (page_ != 0) end_page();
        begin_page();
        draw(document, margin);
    }

    /// The file's bytes and its number of pages.
    std::pair<std::string, int> finish()
    {
        end_page(/*last=*/true);
        cairo_surface_finish(surface_.get());
        if (const auto status = cairo_surface_status(surface_.get()); status != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
        return {with_catalogue(std::move(out_), info_.language), page_};
    }

private:
    void set(cairo_pdf_metadata_t what, const std::string& text) { cairo_pdf_surface_set_metadata(surface_.get(), what, text.c_str()); }

    Owned<PangoLayout> layout(const std::vector<Run>& runs, double size, double width, bool bold = false) const
    {
        Owned<PangoLayout> made(pango_cairo_create_layout(cairo_.get()));
        pango_cairo_context_set_resolution(pango_layout_get_context(made.get()), 72); // so that sizes are points
        const Owned<PangoFontDescription> font(pango_font_description_from_string(family));
        pango_font_description_set_absolute_size(font.get(), size * info_.scale * PANGO_SCALE);
        if (bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
        pango_layout_set_font_description(made.get(), font.get());
        pango_layout_set_width(made.get(), width < 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(made.get(), 1.25F);
        const auto text = pango_markup(runs);
        pango_layout_set_markup(made.get(), text.data(), static_cast<int>(text.size()));
        return made;
    }

    static std::pair<double, double> size_of(PangoLayout& layout)
    {
        int width = 0;
        int height = 0;
        pango_layout_get_size(&layout, &width, &height);
        return {points(width), points(height)};
    }

    // A tag may not reach over a page's end: what is open is closed there and opened again.
    void open(const char* tag)
    {
        tags_.push_back(tag);
        cairo_tag_begin(cairo_.get(), tag, nullptr);
    }
    void close()
    {
        cairo_tag_end(cairo_.get(), tags_.back());
        tags_.pop_back();
    }

    void begin_page()
    {
        ++page_;
        y_ = margin;
        for (const auto* tag : tags_) cairo_tag_begin(cairo_.get(), tag, nullptr);
    }

    void end_page(bool last = false)
    {
        for (auto tag = tags_.rbegin(); tag != tags_.rend(); ++tag) cairo_tag_end(cairo_.get(), *tag);
        if (info_.paged) draw_foot();
        if (last) cairo_tag_end(cairo_.get(), whole);
        cairo_show_page(cairo_.get());
    }

    void draw_foot()
    {
        const auto number = "Page " + std::to_string(page_) + (pages_ == 0 ? "" : " of " + std::to_string(pages_));
        const auto right = layout({{.text = number}}, 8 / info_.scale, -1);
        const auto left = layout({{.text = info_.foot}}, 8 / info_.scale, -1);
        const double y = page_height - margin + 4;
        cairo_move_to(cairo_.get(), margin, y);
        pango_cairo_show_layout(cairo_.get(), left.get());
        cairo_move_to(cairo_.get(), page_width - margin - size_of(*right).first, y);
        pango_cairo_show_layout(cairo_.get(), right.get());
    }

    /// Begins a new page unless this much height is left.
    void need(double height)
    {
        if (y_ + height <= body_bottom || y_ == margin) return;
        end_page();
        begin_page();
    }

    void draw(const Blocks& blocks, double left)
    {
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            need(kept_together(blocks, i, left));
            draw(blocks[i], left);
        }
    }

    /// A short table stays whole, and with the headings over it: the height of all that, or nothing.
    double kept_together(const Blocks& blocks, std::size_t first, double left) const
    {
        double height = 0;
        for (; first < blocks.size() && blocks[first].kind == Block::Kind::heading; ++first)
            height += size_of(*layout(blocks[first].runs, 13, page_width - margin - left, true)).second + 11;
        if (first == blocks.size() || blocks[first].kind != Block::Kind::table) return 0;
        const auto widths = column_widths(blocks[first], page_width - margin - left);
        for (const auto& row : blocks[first].children) height += row_height(row, widths);
        return height <= short_table ? height : 0;
    }

    void draw(const Block& block, double left)
    {
        switch (block.kind) {
        case Block::Kind::heading: draw_heading(block, left); break;
        case Block::Kind::paragraph: draw_text("P", block.runs, left, 10); break;
        case Block::Kind::list: draw_list(block, left); break;
        case Block::Kind::table: draw_table(block, left); break;
        case Block::Kind::rule: draw_rule(left); break;
        case Block::Kind::qr: draw_qr(block, left); break;
        case Block::Kind::lines: draw_lines(block, left); break;
        case Block::Kind::quote: draw_quote(block, left); break;
        case Block::Kind::item:
        case Block::Kind::row:
        case Block::Kind::cell: draw(block.children, left); break; // only ever inside a list or table
        }
    }

    void draw_heading(const Block& block, double left)
    {
        static constexpr const char* tags[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
        static constexpr double sizes[] = {18, 13, 11, 10, 10, 10};
        const auto level = static_cast<std::size_t>(std::clamp(block.level, 1, 6) - 1);
        if (y_ > margin) y_ += 6;
        need(sizes[level] * 2 * info_.scale + 40); // a heading stays with what it heads
        draw_text(tags[level], block.runs, left, sizes[level], true);
    }

    void draw_text(const char* tag, const std::vector<Run>& runs, double left, double size, bool bold = false)
    {
        const auto text = layout(runs, size, page_width - margin - left, bold);
        open(tag);
        const Owned<PangoLayoutIter> lines(pango_layout_get_iter(text.get()));
        do {
            PangoRectangle extents;
            pango_layout_iter_get_line_extents(lines.get(), nullptr, &extents);
            const double height = points(extents.height);
            need(height);
            const double baseline = points(pango_layout_iter_get_baseline(lines.get()) - extents.y);
            cairo_move_to(cairo_.get(), left + points(extents.x), y_ + baseline);
            pango_cairo_show_layout_line(cairo_.get(), pango_layout_iter_get_line_readonly(lines.get()));
            y_ += height;
        } while (pango_layout_iter_next_line(lines.get()));
        close();
        y_ += 5;
    }

    void draw_list(const Block& list, double left)
    {
        open("L");
        int number = list.first;
        for (const auto& item : list.children) {
            const auto mark = layout({{.text = number == 0 ? "\u2022" : std::to_string(number++) + "."}}, 10, -1);
            need(16);
            open("LI");
            open("Lbl");
            cairo_move_to(cairo_.get(), left + indent - 6 - std::min(indent - 6, size_of(*mark).first), y_);
            pango_cairo_show_layout(cairo_.get(), mark.get());
            close();
            open("LBody");
            draw(item.children, left + indent);
            close();
            close();
        }
        close();
    }

    void draw_quote(const Block& quote, double left)
    {
        open("BlockQuote");
        draw(quote.children, left + indent);
        close();
    }

    void draw_rule(double left)
    {
        need(12);
        line(left, page_width - margin, y_ + 4);
        y_ += 12;
    }

    void draw_lines(const Block& block, double left)
    {
        for (int each = 0; each < block.level; ++each) {
            need(line_height);
            y_ += line_height;
            line(left, page_width - margin, y_);
        }
        y_ += 8;
    }

    void line(double from, double to, double y)
    {
        cairo_set_line_width(cairo_.get(), 0.5);
        cairo_move_to(cairo_.get(), from, y);
        cairo_line_to(cairo_.get(), to, y);
        cairo_stroke(cairo_.get());
    }

    void draw_qr(const Block& block, double left)
    {
        const auto code = qr_code(block.payload);
        const double module = qr_module * info_.scale;
        const double side = module * (code.width + 2 * code.quiet);
        need(side + 30);
        open("Figure");
        for (int row = 0; row < code.width; ++row)
            for (int column = 0; column < code.width; ++column)
                if (code.dark(row, column))
                    cairo_rectangle(cairo_.get(), left + module * (column + code.quiet), y_ + module * (row + code.quiet), module, module);
        cairo_set_antialias(cairo_.get(), CAIRO_ANTIALIAS_NONE);
        cairo_fill(cairo_.get());
        cairo_set_antialias(cairo_.get(), CAIRO_ANTIALIAS_DEFAULT);
        close();
        y_ += side + 2;
        draw_text("Caption", block.runs, left, 8);
    }

    /// As wide as the words want where there is room; else all the room, the more for a column the more words it has, but not in proportion, so that
    /// rows become as low as they can.
    std::vector<double> column_widths(const Block& table, double room) const
    {
        std::size_t columns = 0;
        for (const auto& row : table.children) columns = std::max(columns, row.children.size());
        std::vector<double> widths(columns, 0);
        std::vector<bool> filled(columns, false);
        for (const auto& row : table.children)
            for (std::size_t column = 0; column < row.children.size(); ++column) {
                const auto& cell = row.children[column];
                if (!row.header && !cell.runs.empty()) filled[column] = true;
                widths[column] = std::max(widths[column], size_of(*layout(cell.runs, 9, -1, row.header)).first + 2 * cell_padding + 1);
            }
        for (std::size_t column = 0; column < columns; ++column)
            if (!filled[column]) widths[column] = std::max(widths[column], blank_column); // to be written in by hand
        if (std::accumulate(widths.begin(), widths.end(), 0.0) <= room) return widths;
        for (auto& width : widths) width = std::sqrt(width);
        const double sum = std::accumulate(widths.begin(), widths.end(), 0.0);
        for (auto& width : widths) width *= room / sum;
        return widths;
    }

    void draw_table(const Block& table, double left)
    {
        const auto widths = column_widths(table, page_width - margin - left);
        open("Table");
        for (const auto& row : table.children) {
            const double height = row_height(row, widths);
            if (y_ + height > body_bottom && y_ > margin) {
                end_page();
                begin_page();
                if (!table.children.empty() && table.children.front().header && !row.header) draw_row(table.children.front(), widths, left);
            }
            draw_row(row, widths, left);
        }
        close();
        y_ += 8;
    }

    double row_height(const Block& row, const std::vector<double>& widths) const
    {
        double height = 0;
        for (std::size_t column = 0; column < row.children.size(); ++column)
            height = std::max(height, size_of(*layout(row.children[column].runs, 9, widths[column] - 2 * cell_padding, row.header)).second);
        return height + 2 * cell_padding;
    }

    void draw_row(const Block& row, const std::vector<double>& widths, double left)
    {
        open("TR");
        double x = left;
        for (std::size_t column = 0; column < row.children.size(); ++column) {
            const auto& cell = row.children[column];
            const auto text = layout(cell.runs, 9, widths[column] - 2 * cell_padding, row.header);
            pango_layout_set_alignment(text.get(), cell.align == Block::Align::right    ? PANGO_ALIGN_RIGHT
                                                   : cell.align == Block::Align::centre ? PANGO_ALIGN_CENTER
                                                                                        : PANGO_ALIGN_LEFT);
            open(row.header ? "TH" : "TD");
            cairo_move_to(cairo_.get(), x + cell_padding, y_ + cell_padding);
            pango_cairo_show_layout(cairo_.get(), text.get());
            close();
            x += widths[column];
        }
        close();
        y_ += row_height(row, widths);
        line(left, x, y_);
    }

    static constexpr const char* whole = "Document";
    const PdfInfo& info_;
    int pages_;
    std::string out_;
    Owned<cairo_surface_t> surface_;
    Owned<cairo_t> cairo_;
    std::vector<const char*> tags_;
    int page_ = 0;
    double y_ = margin;
};

std::pair<std::string, int> written(std::span<const Blocks> documents, const PdfInfo& info, int pages)
{
    Pdf pdf(info, pages);
    for (const auto& document : documents) pdf.write(document);
    return pdf.finish();
}

} // namespace

std::string pdf_of(std::span<const Blocks> documents, const PdfInfo& info)
{
    if (documents.empty()) throw std::invalid_argument("pdf_of: nothing to print");
    auto fitting = info;
    auto pages = info.paged || info.one_page_each ? written(documents, info, 0).second : 0;
    while (info.one_page_each && pages > static_cast<int>(documents.size()) && fitting.scale > info.least_scale) {
        fitting.scale = std::max(info.least_scale, fitting.scale - (fitting.scale > 1 ? 0.1 : 0.05));
        pages = written(documents, fitting, 0).second;
    }
    return written(documents, fitting, info.paged ? pages : 0).first;
}

} // namespace walkout::documents
