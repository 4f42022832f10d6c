// The payload of a page, put together.
#include "report/page.hpp"

#include <algorithm>

#include "report/html.hpp"
#include "report/replaced.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

Json opens_json(const Page& page) {
  return object({{"view", page.compares        ? "comparison"
                          : page.named.empty() ? "overview"
                                               : "country"},
                 {"date", page.days.size() - 1},
                 {"viewpoint", 0},
                 {"countries", page.named}});
}

Json viewpoints_json(PageKeys& keys) {
  Json list = Json::array();
  for (const ViewpointId id : keys.page().viewpoints) {
    if (!id.valid()) {
      list.push_back(object({{"name", ""}, {"label", ""}}));
      continue;
    }
    const model::Viewpoint& viewpoint = keys.model().viewpoints[id.index];
    list.push_back(object({{"name", viewpoint.name},
                           {"label", viewpoint.label},
                           {"labels", labels_json(viewpoint.provenance)},
                           {"judged", signature_json(viewpoint.provenance)},
                           {"at", keys.at(viewpoint.where)}}));
  }
  return list;
}

Json countries_json(const Page& page) {
  Json list = Json::array();
  for (const std::string& code : page.countries)
    list.push_back(object({{"code", code}, {"name", scenario::country_name(code)}}));
  return list;
}

// Those of all dates; of one name the latest.
Json groups_page_json(const Page& page) {
  std::map<std::string, const scenario::Group*> groups;
  for (const PageDay& day : page.days)
    for (const scenario::Group& group : day.scored.now->scenario.groups)
      groups[group.name] = &group;
  Json list = Json::array();
  for (const auto& [name, group] : groups) {
    Json members = Json::array();
    for (std::size_t c = 0; c < page.countries.size(); ++c)
      if (std::binary_search(group->members.begin(), group->members.end(), page.countries[c]))
        members.push_back(c);
    if (members.empty()) continue;
    list.push_back(object({{"name", name},
                           {"label", group->label},
                           {"kind", group->kind},
                           {"source", group->source},
                           {"countries", std::move(members)}}));
  }
  return list;
}

void collect(const model::Provenance& provenance, std::set<std::string>& languages) {
  for (const auto& [language, text] : provenance.labels) languages.insert(language);
}

Json languages_json(const model::Model& model) {
  std::set<std::string> languages;
  for (const model::Node& node : model.nodes) collect(node.provenance, languages);
  for (const model::Rule& rule : model.rules) collect(rule.provenance, languages);
  for (const model::Tripwire& wire : model.tripwires) collect(wire.provenance, languages);
  for (const model::Viewpoint& viewpoint : model.viewpoints)
    collect(viewpoint.provenance, languages);
  return Json(languages);
}

Json model_page_json(const Page& page) {
  Json json = model_json(page.last().scored);
  json["level_margin"] = number(page.rules().level_margin);
  json["main"] = page.rules().main.index;
  return json;
}

template <class Ids>
Json indices(const Ids& ids) {
  Json list = Json::array();
  for (const auto id : ids) list.push_back(id.index);
  return list;
}

// A text of links as a string where it has none.
Json spans_json(PageKeys& keys, std::string_view text) {
  Json list = Json::array();
  for (const TextSpan& span : spans_of(text)) {
    switch (span.link.kind) {
      case Link::Kind::none: list.push_back(span.text); break;
      case Link::Kind::line:
        list.push_back(Json::array(
            {span.text, "line", Json::array({keys.file(span.link.file), span.link.line})}));
        break;
      case Link::Kind::node:
        list.push_back(Json::array({span.text, "node", span.link.place}));
        break;
      case Link::Kind::rule:
        list.push_back(Json::array({span.text, "rule", span.link.place}));
        break;
    }
  }
  if (list.empty()) return "";
  return list.size() == 1 && list[0].is_string() ? Json(list[0]) : list;
}

struct BlockJson {
  PageKeys& keys;

  Json operator()(const Gap&) const { return Json::array({"gap"}); }
  Json operator()(const Heading& heading) const {
    Json block = Json::array({heading.title ? "title" : "section", spans_json(keys, heading.text)});
    if (!heading.note.empty()) block.push_back(spans_json(keys, heading.note));
    return block;
  }
  Json operator()(const Paragraph& paragraph) const {
    Json block = Json::array({"p", spans_json(keys, paragraph.text)});
    const bool labelled = !paragraph.label.empty() || paragraph.strong;
    if (paragraph.indent > 0 || paragraph.hanging > 0 || labelled) {
      block.push_back(paragraph.indent);
      block.push_back(paragraph.hanging);
    }
    if (labelled) {
      block.push_back(spans_json(keys, paragraph.label));
      block.push_back(paragraph.strong);
    }
    return block;
  }
  Json operator()(const Inset& inset) const {
    Json columns = Json::array(), rows = Json::array();
    const Table table = without_drawing(inset.table);
    for (const Column& column : table.columns())
      columns.push_back(
          Json::array({column.header, column.align == Align::right ? "right" : "left"}));
    for (const auto& cells : table.rows()) {
      Json row = Json::array();
      for (const std::string& cell : cells) row.push_back(spans_json(keys, cell));
      rows.push_back(std::move(row));
    }
    return Json::array({"table", std::move(columns), std::move(rows)});
  }
  Json operator()(const Stamp& stamp) const {
    return Json::array({"stamp", spans_json(keys, stamp.text)});
  }
};

}  // namespace

PageKeys::PageKeys(const Page& page)
    : page_(page), model_(page.rules()), indicators_(data::indicators(page.rules())) {
  for (std::size_t n = 0; n < model_.nodes.size(); ++n) {
    if (model_.nodes[n].kind == model::NodeKind::factor) factors_.push_back(NodeId{n});
  }
  files_ = model_.files;
}

std::size_t PageKeys::file(FileId id) {
  const auto found = std::find(files_.begin(), files_.end(), id);
  if (found != files_.end()) return std::size_t(found - files_.begin());
  files_.push_back(id);
  return files_.size() - 1;
}

Json PageKeys::at(const Span& span) {
  if (!span.valid()) return nullptr;
  const SourceFile& source = (*page_.last().scored.sources)[span.file];
  return Json::array({file(span.file), source.place(span.begin).line});
}

Json PageKeys::blocks(const Document& document) {
  Json list = Json::array();
  for (const Block& block : document.blocks()) list.push_back(std::visit(BlockJson{*this}, block));
  return list;
}

Json PageKeys::files() const {
  const SourceMap& sources = *page_.last().scored.sources;
  Json list = Json::array();
  for (std::size_t f = 0; f < files_.size(); ++f) {
    const SourceFile& file = sources[files_[f]];
    const bool shown = f < model_.files.size() && !file.withheld();
    list.push_back(object(
        {{"path", file.path()}, {"text", shown ? Json(std::string(file.text())) : Json(nullptr)}}));
  }
  return list;
}

Json page_json(const Page& page) {
  PageKeys keys(page);
  const Scored& last = page.last().scored;
  Json json = document("report", last.tool);
  json["title"] = titled(last);
  json["opens"] = opens_json(page);
  json["only"] = page.only;
  json["model"] = model_page_json(page);
  json["languages"] = languages_json(page.rules());
  json["files"] = nullptr;
  json["viewpoints"] = viewpoints_json(keys);
  json["countries"] = countries_json(page);
  json["groups"] = groups_page_json(page);
  json["sources"] = page_sources(keys);
  json["nodes"] = page_nodes(keys);
  json["outputs"] = indices(page.outputs);
  json["factors"] = indices(keys.factors());
  json["indicators"] = indices(keys.indicators());
  json["rules"] = page_rules(keys);
  json["tripwires"] = page_tripwires(keys);
  json["dates"] = page_dates(keys);
  json["results"] = page_results(keys);
  add_page_facts(keys, json);
  add_page_texts(keys, json);
  json["files"] = keys.files();
  return json;
}

// A member of the document a line: what is read again and again is long enough.
std::string payload_text(const Json& payload) {
  std::string text = "{";
  for (const auto& [name, value] : payload.items()) {
    text += text.size() > 1 ? ",\n " : "";
    text += Json(name).dump() + ": " + value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return script_json(text + "}\n");
}

}  // namespace waystone::report
