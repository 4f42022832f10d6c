#include "explain/portfolio.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>

#include "base/ties.hpp"

namespace waystone::explain {
namespace {

using scenario::Exposure;
using scenario::Portfolio;

// What one unit is worth in the portfolio's currency; the currency itself without rates.
double rate_of(const Portfolio& portfolio, const std::string& currency) {
  if (currency == portfolio.currency) return 1;
  const auto found = std::find_if(portfolio.rates.begin(), portfolio.rates.end(),
                                  [&](const auto& rate) { return rate.currency == currency; });
  return found == portfolio.rates.end() ? evaluate::unknown_value : found->rate;
}

class BookMaker {
 public:
  BookMaker(const evaluate::Case& scenario_case, const evaluate::Assessment& assessment,
            std::size_t told, NodeId output, const Portfolio& portfolio)
      : case_(scenario_case),
        model_(*scenario_case.model),
        assessment_(assessment),
        view_(assessment.views[told]),
        output_(output),
        portfolio_(portfolio) {}

  Book make(const std::string& currency, bool converted) const {
    Book book;
    book.currency = currency;
    book.converted = converted;
    for (const Exposure& one : portfolio_.exposures)
      if (converted || one.currency == currency) book.lines.push_back(line(one, converted));
    for (const BookLine& one : book.lines) {
      book.total += one.amount;
      if (!std::isnan(one.score)) book.rated += one.amount;
    }
    for (BookLine& one : book.lines) one.share = one.amount / book.total;
    weigh(book);
    slice_countries(book);
    slice_bands(book);
    slice_groups(book);
    return book;
  }

 private:
  BookLine line(const Exposure& one, bool converted) const {
    BookLine line;
    line.exposure = &one;
    line.amount = one.amount * (converted ? rate_of(portfolio_, one.currency) : 1);
    const evaluate::CountryResult* result = view_.find(one.country);
    line.scored = result != nullptr;
    if (!result) return line;
    line.score = (*result)[output_].value;
    if (const auto band = result->band.find(output_); band != result->band.end())
      line.band = band->second;
    if (const auto band = result->band.find(model_.main); band != result->band.end())
      line.main_band = band->second;
    return line;
  }

  void weigh(Book& book) const {
    book.by_view.assign(assessment_.views.size(), evaluate::unknown_value);
    book.rated_by_view.assign(assessment_.views.size(), 0);
    if (book.rated <= 0) return;
    book.weighted = 0;
    for (BookLine& one : book.lines) {
      if (std::isnan(one.score)) continue;
      one.points = one.amount / book.rated * one.score;
      book.weighted += one.points;
    }
    for (std::size_t v = 0; v < assessment_.views.size(); ++v) {
      double sum = 0, amount = 0;
      for (const BookLine& one : book.lines) {
        const auto* result = assessment_.views[v].find(one.exposure->country);
        if (!result || std::isnan((*result)[output_].value)) continue;
        sum += one.amount * (*result)[output_].value;
        amount += one.amount;
      }
      if (amount > 0) book.by_view[v] = sum / amount;
      book.rated_by_view[v] = amount;
    }
  }

  // The lines of a book for which `of` gives the same name, together.
  template <class Of>
  static std::vector<BookSlice> slices(const Book& book, Of of) {
    std::map<std::string, BookSlice> found;
    std::map<std::string, std::pair<double, double>> rated;  // amount, amount times score
    for (const BookLine& one : book.lines) {
      const std::string name = of(one);
      BookSlice& slice = found[name];
      slice.name = name;
      slice.amount += one.amount;
      if (std::isnan(one.score)) continue;
      rated[name].first += one.amount;
      rated[name].second += one.amount * one.score;
    }
    std::vector<BookSlice> all;
    for (auto& [name, slice] : found) {
      slice.share = slice.amount / book.total;
      if (rated[name].first > 0) slice.weighted = rated[name].second / rated[name].first;
      all.push_back(std::move(slice));
    }
    return all;
  }

  static void slice_countries(Book& book) {
    book.countries = slices(book, [](const BookLine& one) { return one.exposure->country; });
    for (const BookSlice& one : book.countries) book.herfindahl += one.share * one.share;
    std::stable_sort(book.countries.begin(), book.countries.end(),
                     [](const auto& a, const auto& b) { return a.amount > b.amount; });
  }

  void slice_bands(Book& book) const {
    if (!model_[output_].bands) return;
    const std::vector<BookSlice> found = slices(book, [](const BookLine& one) { return one.band; });
    std::vector<std::string> order = model_[output_].bands->names;
    order.emplace_back();
    for (const std::string& name : order)
      for (const BookSlice& slice : found)
        if (slice.name == name) book.bands.push_back(slice);
  }

  // A country may be in several groups of one kind: then it counts in each.
  void slice_groups(Book& book) const {
    for (const std::string& kind : scenario::kinds_of_groups(case_.scenario)) {
      std::vector<BookSlice> own;
      Book outside = book;
      std::erase_if(outside.lines, [&](const BookLine& one) {
        return !scenario::groups_of(case_.scenario, kind, one.exposure->country).empty();
      });
      for (const scenario::Group& group : case_.scenario.groups) {
        if (group.kind != kind) continue;
        Book inside = book;
        std::erase_if(inside.lines, [&](const BookLine& one) {
          return !std::binary_search(group.members.begin(), group.members.end(),
                                     one.exposure->country);
        });
        for (BookSlice& slice : slices(inside, [&](const BookLine&) { return group.name; }))
          own.push_back(std::move(slice));
      }
      std::stable_sort(own.begin(), own.end(),
                       [](const auto& a, const auto& b) { return a.amount > b.amount; });
      for (BookSlice& slice : slices(outside, [](const BookLine&) { return std::string(); }))
        own.push_back(std::move(slice));
      for (BookSlice& slice : own) {
        slice.kind = kind;
        book.groups.push_back(std::move(slice));
      }
    }
  }

  const evaluate::Case& case_;
  const model::Model& model_;
  const evaluate::Assessment& assessment_;
  const evaluate::ViewResult& view_;
  NodeId output_;
  const Portfolio& portfolio_;
};

// ---- limits

void find_broken(const evaluate::Case& scenario_case, const Portfolio& portfolio,
                 PortfolioResult& result) {
  for (const Exposure& one : portfolio.exposures)
    if (one.limit && below(*one.limit, one.amount))
      result.broken.push_back({&one, nullptr, one.currency, one.amount, *one.limit});
  for (const scenario::ExposureLimit& limit : portfolio.limits) {
    const bool converted = result.books.front().converted;
    const Book* book = nullptr;
    for (const Book& candidate : result.books)
      if (candidate.converted || (!converted && candidate.currency == limit.currency)) {
        book = &candidate;
        break;
      }
    if (!book) {
      result.unseen.push_back(&limit);
      continue;
    }
    const double allowed =
        limit.amount * (book->converted ? rate_of(portfolio, limit.currency) : 1);
    const scenario::Group* group = scenario::find_group(scenario_case.scenario, limit.group);
    double amount = 0;
    for (const BookLine& line : book->lines) {
      const bool inside = group ? std::binary_search(group->members.begin(), group->members.end(),
                                                     line.exposure->country)
                                : line.main_band == limit.band;
      if (inside) amount += line.amount;
    }
    if (below(allowed, amount))
      result.broken.push_back({nullptr, &limit, book->currency, amount, allowed});
  }
}

// ---- costs

class Coster {
 public:
  Coster(const ScoreSide& from, const ScoreSide& to, NodeId output, NodeId output_from,
         const program::Program* separate)
      : from_(from), to_(to), output_(output), output_from_(output_from), separate_(separate) {}

  BookCost of(const Book& book) const {
    BookCost cost;
    std::map<std::string, double> amounts;
    double both = 0, apart = 0;
    for (const BookLine& line : book.lines) amounts[line.exposure->country] += line.amount;
    for (const auto& [country, amount] : amounts) {
      const double before = score(from_, output_from_, country),
                   after = score(to_, output_, country);
      if (std::isnan(before) != std::isnan(after)) {
        cost.one_sided.push_back(country);
        apart += amount;
      }
      if (!std::isnan(before) && !std::isnan(after)) both += amount;
    }
    cost.one_sided_share = apart / book.total;
    cost.none_on_both = both == 0;
    for (const auto& [country, amount] : amounts) {
      const double before = score(from_, output_from_, country),
                   after = score(to_, output_, country);
      if (std::isnan(before) || std::isnan(after)) continue;
      const double share = amount / both;
      cost.from += share * before;
      cost.to += share * after;
      if (evaluate::differs(before, after))
        cost.parts.push_back({country, share, before, after, share * (after - before), {}});
    }
    std::stable_sort(
        cost.parts.begin(), cost.parts.end(), [](const CostPart& a, const CostPart& b) {
          return std::round(1e9 * std::fabs(a.points)) > std::round(1e9 * std::fabs(b.points));
        });
    for (const CostPart& part : cost.parts) cost.points += part.points;
    explain_leading(cost);
    return cost;
  }

 private:
  static double score(const ScoreSide& side, NodeId output, const std::string& country) {
    const evaluate::CountryResult* result = side.view->find(country);
    return result ? (*result)[output].value : evaluate::unknown_value;
  }

  void explain_leading(BookCost& cost) const {
    constexpr std::size_t leading = 3;
    if (!separate_) return;
    for (std::size_t k = 0; k < std::min(leading, cost.parts.size()); ++k) {
      const std::string& country = cost.parts[k].country;
      const auto split =
          attribute(*separate_, output_, {from_.scenario_case, from_.view->viewpoint, country},
                    {to_.scenario_case, to_.view->viewpoint, country});
      if (split) cost.parts[k].because = split->parts;
    }
  }

  const ScoreSide &from_, &to_;
  NodeId output_, output_from_;
  const program::Program* separate_;
};

}  // namespace

PortfolioResult portfolio(const evaluate::Case& scenario_case,
                          const evaluate::Assessment& assessment, std::size_t told, NodeId output,
                          const Portfolio& portfolio) {
  PortfolioResult result;
  result.output = output;
  std::set<std::string> currencies;
  for (const Exposure& one : portfolio.exposures) currencies.insert(one.currency);
  const BookMaker maker(scenario_case, assessment, told, output, portfolio);
  const bool one_alone = currencies.size() == 1 && *currencies.begin() == portfolio.currency;
  if (!portfolio.currency.empty() && !one_alone)
    result.books.push_back(maker.make(portfolio.currency, true));
  for (const std::string& currency : currencies)
    result.books.push_back(maker.make(currency, false));
  find_broken(scenario_case, portfolio, result);
  return result;
}

void add_costs(PortfolioResult& result, const std::string& output, const ScoreSide& from,
               const ScoreSide& to, const program::Program* separate) {
  const auto first = from.scenario_case->model->find(output),
             second = to.scenario_case->model->find(output);
  if (!first || !second) throw std::logic_error("an output that one side lacks");
  const Coster coster(from, to, *second, *first, separate);
  for (const Book& book : result.books) result.costs.push_back(coster.of(book));
}

std::vector<std::int64_t> units_that_add_up(const std::vector<double>& numbers, int digits) {
  const double unit = std::pow(10.0, digits);
  double sum = 0;
  std::vector<std::int64_t> units;
  std::vector<std::size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const double number : numbers) {
    sum += number;
    units.push_back(std::int64_t(std::floor(number * unit + 1e-9)));
  }
  const std::int64_t whole = std::int64_t(std::llround(sum * unit)),
                     given = std::accumulate(units.begin(), units.end(), std::int64_t{0});
  std::vector<double> rests;
  for (std::size_t k = 0; k < numbers.size(); ++k)
    rests.push_back(std::round(1e9 * (numbers[k] * unit - double(units[k]))));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
  for (std::int64_t k = 0; k < whole - given && std::size_t(k) < order.size(); ++k)
    ++units[order[std::size_t(k)]];
  return units;
}

}  // namespace waystone::explain
