// Which data a situation has.
#include "waystone/inside/inside.hpp"

namespace waystone {
namespace {

std::vector<SourceUse> uses_in(const report::Held& report) {
  const model::Model& model = report.scored.rules();
  std::vector<SourceUse> uses;
  for (const explain::GiverHoldings& giver : report.holdings.givers) {
    SourceUse use;
    use.by = giver.giver.by;
    use.figures = giver.figures;
    use.countries = giver.countries;
    use.weight = giver.weight;
    if (giver.giver.source) {
      const model::Source& source = model[*giver.giver.source];
      use.source = source.name;
      use.title = source.title;
      use.publisher = source.publisher;
      use.licence = source.licence;
      use.url = source.url;
      if (source.published) use.published = to_string(*source.published);
    }
    uses.push_back(std::move(use));
  }
  return uses;
}

}  // namespace

inside::Data::Data(ask::Data given) : data(std::move(given)), sources(uses_in(data.report)) {}

Result<Data> Situation::data(const DataAsking& asking) const {
  auto answer = ask::data(in_->asked, {asking.countries, asking.all, asking.output,
                                       report::Held::Part::all, inside::tool});
  if (!answer) return inside::failed<Data>(answer.failure, *in_->asked->sources);
  return Data(std::make_shared<const inside::Data>(std::move(*answer.value)));
}

const std::vector<SourceUse>& Data::sources() const { return in_->sources; }
double Data::known_weight() const { return in_->data.report.holdings.total.known_weight; }

std::string Data::text() const { return inside::text_of(report::data_text(in_->data.report)); }
std::string Data::markdown() const {
  return inside::markdown_of(report::data_text(in_->data.report));
}
std::string Data::csv() const {
  std::string text;
  report::put_data_csv(in_->data.report, [&](const std::string& piece) { text += piece; });
  return visible(text);
}
std::string Data::json() const { return report::text_of(report::data_json(in_->data.report)); }

}  // namespace waystone
