//! Figures over time: a dot for each, no line between them, since nobody stated what lies there; where several names share
//! a chart, a hairline tells which dots belong together, and nothing else. A dot stands in the
//! middle of the time for which its figure holds, with a whisker for that time where it can be seen; a range is a bar without one. What
//! is about right is an open dot, what is disputed has a ring, what is refuted is crossed out.

use super::axis::{Scale, Tick, Time, day_of};
use super::ink::{self, TYPE, length, push_link_start, push_words};
use crate::parse::sidecar::Status;

/// A figure at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The first day for which it holds, as its number since 1970.
    pub first: i64,
    /// The last day.
    pub last: i64,
    /// The lowest that it may be; not finite where it may be anything up to `high`.
    pub low: f64,
    /// The highest; not finite where it may be anything from `low` on.
    pub high: f64,
    /// Whether it is only about right.
    pub approximate: bool,
    /// What is known of its truth.
    pub status: Status,
    /// Whether another figure contradicts it.
    pub contradicted: bool,
    /// Which of the chart's names it belongs to.
    pub name: usize,
    /// Where it is stated.
    pub url: String,
    /// The figure in words.
    pub figure: String,
    /// Its date.
    pub date: String,
    /// Who states it; may be empty.
    pub who: String,
    /// How many facts say the same.
    pub times: usize,
}

/// A chart before it is drawn.
#[derive(Debug, Clone)]
pub struct Chart<'a> {
    /// The figures, as [`settle`] gives them.
    pub points: Vec<Point>,
    /// What they belong to, each written beside its last figure; empty where all belong to one thing.
    pub names: Vec<&'a str>,
    /// In what they are measured; may be empty.
    pub unit: &'a str,
}

/// The sheet that is drawn on, in units of a CSS pixel at the drawing's natural size.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// How figures and dates read in the page's language.
#[derive(Clone, Copy)]
pub struct Language<'a> {
    /// A figure beside the axis.
    pub figure: &'a dyn Fn(f64) -> String,
    /// A date below the axis.
    pub tick: &'a dyn Fn(Tick) -> String,
}

impl Point {
    /// The days of an expression that begins and ends at these numbers `YYYYMMDD`, of which one may be open.
    pub fn days(earliest: i32, latest: i32) -> Option<(i64, i64)> {
        let (first, last) = (day_of(earliest), day_of(latest));
        Some((first.or(last)?, last.or(first)?)).filter(|(first, last)| first <= last)
    }

    /// Whether somebody says otherwise.
    pub fn is_loud(&self) -> bool {
        self.contradicted || matches!(self.status, Status::Disputed | Status::Refuted)
    }

    /// The ends that can be drawn: an open end is drawn at the other.
    fn ends(&self) -> (f64, f64) {
        let one = |end: f64, other: f64| if end.is_finite() { end } else { other };
        (one(self.low, self.high), one(self.high, self.low))
    }

    /// Whether it may be anything between two ends, so that no dot would be true.
    fn is_range(&self) -> bool {
        let (low, high) = self.ends();
        low < high
    }

    fn middle(&self) -> i64 {
        self.first.midpoint(self.last)
    }
}

/// Puts figures in the order of their dates, equal ones together, and thins them to about `most`: what is disputed stays,
/// and of each stretch of time the lowest and the highest figure.
pub fn settle(mut points: Vec<Point>, most: usize) -> Vec<Point> {
    points.retain(|point| point.low.is_finite() || point.high.is_finite());
    points.sort_by(|a, b| {
        let by_time = (a.first, a.last, a.name).cmp(&(b.first, b.last, b.name));
        by_time.then(a.low.total_cmp(&b.low)).then(a.high.total_cmp(&b.high)).then(a.status.cmp(&b.status))
    });
    points.dedup_by(|next, kept| {
        let place = |point: &Point| (point.first, point.last, point.name, point.low.to_bits(), point.high.to_bits());
        let same = place(next) == place(kept);
        if same {
            kept.times += next.times;
            kept.contradicted |= next.contradicted;
        }
        same
    });
    if points.len() <= most { points } else { thinned(&points, most) }
}

fn thinned(points: &[Point], most: usize) -> Vec<Point> {
    let loud = points.iter().filter(|point| point.is_loud()).count();
    let keep_loud = loud <= most / 2;
    let room = if keep_loud { most - loud } else { most };
    let stretch = points.len().div_ceil((room / 2).max(1));
    let mut kept = Vec::with_capacity(most);
    for stretch in points.chunks(stretch) {
        let quiet = || stretch.iter().enumerate().filter(|(_, point)| !(keep_loud && point.is_loud()));
        let low = quiet().min_by(|a, b| a.1.ends().0.total_cmp(&b.1.ends().0)).map(|(at, _)| at);
        let high = quiet().max_by(|a, b| a.1.ends().1.total_cmp(&b.1.ends().1)).map(|(at, _)| at);
        let stays = |(at, point): &(usize, &Point)| [low, high].contains(&Some(*at)) || keep_loud && point.is_loud();
        kept.extend(stretch.iter().enumerate().filter(stays).map(|(_, point)| point.clone()));
    }
    kept
}

/// Whether there is anything to see: figures at two places.
pub fn speaks(points: &[Point]) -> bool {
    let place = |point: &Point| (point.first, point.last, point.low.to_bits(), point.high.to_bits());
    points.iter().any(|point| place(point) != place(&points[0]))
}

impl Chart<'_> {
    /// The axis of the figures.
    pub fn scale(&self) -> Scale {
        let ends = self.points.iter().map(Point::ends);
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |all, one| (all.0.min(one.0), all.1.max(one.1)));
        Scale::of(low, high)
    }

    /// The inside of the SVG that shows it on `paper`.
    pub fn draw(&self, paper: Paper, language: Language<'_>) -> String {
        if self.points.is_empty() {
            return String::new();
        }
        let scale = self.scale();
        let room = paper.width * 0.3;
        let mark = |figure| (figure, ink::fitting(&(language.figure)(figure), room).into_owned());
        let marks: Vec<_> = scale.ticks().into_iter().map(mark).collect();
        let left = marks.iter().map(|(_, words)| ink::width(words)).fold(0.0, f64::max) + 8.0;
        let names = self.names.iter().map(|name| ink::width(name)).fold(0.0, f64::max).min(paper.width * 0.34);
        let right = paper.width - if self.names.is_empty() { 8.0 } else { names + 20.0 };
        let days = self.points.iter().fold((i64::MAX, i64::MIN), |all, one| (all.0.min(one.first), all.1.max(one.last)));
        let plot = Plot { left, right, top: 30.0, bottom: paper.height - 24.0, scale, time: Time::of(days.0, days.1) };
        let mut svg = String::with_capacity(600 + self.points.len() * 260);
        plot.push_axes(&mut svg, &marks, language);
        push_words(&mut svg, "unit", 0.0, TYPE, self.unit);
        if self.names.is_empty() {
            self.points.iter().for_each(|point| plot.push_point(&mut svg, point, paper.width));
        } else {
            self.push_named(&mut svg, &plot, names, paper.width);
        }
        svg
    }

    /// Draws the figures of each name together, and writes it at the right, level with its last figure or as near as there
    /// is room.
    fn push_named(&self, svg: &mut String, plot: &Plot, room: f64, width: f64) {
        let of_name = |nth: usize| self.points.iter().filter(move |point| point.name == nth);
        let last = |nth: usize| of_name(nth).next_back().map(|point| plot.spot(point));
        let mut named: Vec<_> = (0..self.names.len()).filter_map(|nth| Some((nth, last(nth)?))).collect();
        named.sort_by(|a, b| a.1.1.total_cmp(&b.1.1).then(a.0.cmp(&b.0)));
        let levels = spread(&named.iter().map(|(_, (_, y))| *y).collect::<Vec<_>>(), TYPE * 1.2, plot.bottom);
        for ((nth, _), level) in named.into_iter().zip(levels) {
            svg.push_str("<g><path class=\"lead\" d=\"");
            for (place, (x, y)) in of_name(nth).map(|point| plot.spot(point)).enumerate() {
                svg.push_str(&format!("{}{} {}", if place == 0 { 'M' } else { 'L' }, length(x), length(y)));
            }
            svg.push_str(&format!("H{}L{} {}\"/>", length(plot.right), length(plot.right + 12.0), length(level)));
            of_name(nth).for_each(|point| plot.push_point(svg, point, width));
            push_words(svg, "name", plot.right + 16.0, level + 4.0, &ink::fitting(self.names[nth], room + 4.0));
            svg.push_str("</g>");
        }
    }
}

/// Levels in the order given, each `step` below the one before, as near to what was wished as the bottom allows.
fn spread(wished: &[f64], step: f64, bottom: f64) -> Vec<f64> {
    let mut levels: Vec<f64> = Vec::with_capacity(wished.len());
    for wish in wished {
        levels.push(levels.last().map_or(*wish, |above| wish.max(above + step)));
    }
    let mut limit = bottom;
    for level in levels.iter_mut().rev() {
        *level = level.min(limit);
        limit = *level - step;
    }
    levels
}

struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    scale: Scale,
    time: Time,
}

impl Plot {
    fn x(&self, day: i64) -> f64 {
        self.left + self.time.place(day) * (self.right - self.left)
    }

    fn y(&self, figure: f64) -> f64 {
        self.bottom - self.scale.place(figure) * (self.bottom - self.top)
    }

    /// Where a point's dot is.
    fn spot(&self, point: &Point) -> (f64, f64) {
        let (low, high) = point.ends();
        (self.x(point.middle()), f64::midpoint(self.y(low), self.y(high)))
    }

    fn push_axes(&self, svg: &mut String, marks: &[(f64, String)], language: Language<'_>) {
        svg.push_str("<path class=\"grid\" d=\"");
        for (figure, _) in marks {
            svg.push_str(&format!("M{} {}H{}", length(self.left), length(self.y(*figure)), length(self.right)));
        }
        svg.push_str("\"/>");
        for (figure, words) in marks {
            push_words(svg, "y", self.left - 8.0, self.y(*figure) + 4.0, words);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of labels")]
        let fit = |each: f64| ((self.right - self.left) / each) as usize;
        // `September 2024` cut short, and four digits, with air.
        let ticks = self.time.ticks(fit(46.0), fit(92.0).max(1));
        svg.push_str("<path class=\"base\" d=\"");
        for (place, _) in &ticks {
            svg.push_str(&format!("M{} {}v4", length(self.left + place * (self.right - self.left)), length(self.bottom)));
        }
        svg.push_str(&format!("M{} {}H{}\"/>", length(self.left), length(self.bottom), length(self.right)));
        let mut free = f64::NEG_INFINITY;
        for (place, tick) in ticks {
            let (words, x) = ((language.tick)(tick), self.left + place * (self.right - self.left));
            let half = ink::width(&words) / 2.0;
            if x - half >= free && x + half <= self.right + 24.0 {
                free = x + half + 4.0;
                push_words(svg, "x", x, self.bottom + 18.0, &words);
            }
        }
    }

    fn push_point(&self, svg: &mut String, point: &Point, room: f64) {
        push_link_start(svg, &format!("s-{}", point.status.word()), &point.url);
        let ((x, y), (low, high)) = (self.spot(point), point.ends());
        let (first, last) = (self.x(point.first), self.x(point.last));
        let mut whiskers = String::new();
        if last - first > 9.0 {
            whiskers.push_str(&format!("M{} {}H{}", length(first), length(y), length(last)));
        }
        if point.is_range() {
            whiskers.push_str(&format!("M{} {}h6m-3 0V{}m-3 0h6", length(x - 3.0), length(self.y(low)), length(self.y(high))));
        } else if !point.high.is_finite() {
            whiskers.push_str(&format!("M{} {}v-11m-3 3l3 -3l3 3", length(x), length(y)));
        } else if !point.low.is_finite() {
            whiskers.push_str(&format!("M{} {}v11m-3 -3l3 3l3 -3", length(x), length(y)));
        }
        if point.status == Status::Refuted {
            whiskers.push_str(&format!("M{} {}l10 10m0 -10l-10 10", length(x - 5.0), length(y - 5.0)));
        }
        if !whiskers.is_empty() {
            svg.push_str(&format!("<path d=\"{whiskers}\"/>"));
        }
        push_dot(svg, x, y, point);
        let times = if point.times > 1 { format!(" ×{}", point.times) } else { String::new() };
        let said = [point.figure.as_str(), &point.date, &point.who].into_iter().filter(|words| !words.is_empty());
        let said = said.collect::<Vec<_>>().join(" · ");
        push_words(svg, "tip", 0.0, TYPE, &format!("{}{times}", ink::fitting(&said, room - ink::width(&times))));
        svg.push_str("</a>");
    }
}

fn push_dot(svg: &mut String, x: f64, y: f64, point: &Point) {
    let at = format!("cx=\"{}\" cy=\"{}\"", length(x), length(y));
    if point.contradicted || point.status == Status::Disputed {
        svg.push_str(&format!("<circle class=\"ring\" {at} r=\"7\"/>"));
    }
    let class = if point.approximate || !point.low.is_finite() || !point.high.is_finite() { " class=\"open\"" } else { "" };
    if !point.is_range() {
        svg.push_str(&format!("<circle{class} {at} r=\"3.5\"/>"));
    }
    svg.push_str(&format!("<circle class=\"hit\" {at} r=\"9\"/>"));
}

#[cfg(test)]
mod tests;
