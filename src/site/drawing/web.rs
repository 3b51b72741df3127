//! An entity among those it is related to: its name in the middle, the others by relation on two arcs beside it. Every
//! name has a level of its own, so that no two can overlap, however long they are and whatever font a reader has.

use super::ink::{self, TYPE, length, push_link_start, push_words};
use crate::parse::sidecar::Status;

/// Relations of one kind.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// What they are called.
    pub label: &'a str,
    /// With whom.
    pub names: Vec<Name<'a>>,
}

/// A related entity.
#[derive(Debug, Clone)]
pub struct Name<'a> {
    /// Its name.
    pub text: &'a str,
    /// Its page.
    pub url: String,
    /// What is known of the relation's truth, where a fact states it.
    pub status: Option<Status>,
    /// How much the archive has on it: where there are too many, those with most are drawn.
    pub weight: usize,
}

/// The drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Web {
    /// Its width in its own units.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The inside of the SVG.
    pub svg: String,
    /// How many names it leaves out.
    pub more: usize,
}

/// Names that are drawn at most.
pub const MOST: usize = 40;

const WIDTH: f64 = 620.0;
/// From one level to the next.
const LEVEL: f64 = 19.0;
/// How far the arcs are from the middle where they are farthest.
const REACH: f64 = 128.0;
/// Beyond its ends, an arc would go on by this share of its height.
const OPENNESS: f64 = 1.25;

/// What stands on one level of one side.
enum Row<'g, 'a> {
    Label(&'a str),
    Name(&'g Name<'a>),
}

/// Draws `middle` among its relations; `None` without any.
pub fn draw(middle: &str, groups: &[Group<'_>]) -> Option<Web> {
    let all: usize = groups.iter().map(|group| group.names.len()).sum();
    let drawn = most_connected(groups);
    let (right, left) = sides(&drawn);
    let levels = right.len().max(left.len());
    if levels == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few dozen levels")]
    let height = (levels as f64 * LEVEL + 16.0).max(84.0);
    let hub = Hub::of(middle, left.is_empty(), height);
    let mut svg = String::with_capacity(400 + all.min(MOST) * 240);
    for (rows, sign) in [(right, 1.0), (left, -1.0)] {
        hub.push_side(&mut svg, &rows, sign);
    }
    hub.push_name(&mut svg);
    Some(Web { width: WIDTH, height, svg, more: all.saturating_sub(MOST) })
}

/// The groups with the names that are drawn, in their order.
fn most_connected<'g, 'a>(groups: &'g [Group<'a>]) -> Vec<(&'a str, Vec<&'g Name<'a>>)> {
    let mut weights: Vec<_> = groups.iter().flat_map(|group| &group.names).enumerate().map(|(nth, name)| (name.weight, nth)).collect();
    weights.sort_by_key(|(weight, nth)| (std::cmp::Reverse(*weight), *nth));
    let mut stays = vec![false; weights.len()];
    weights.iter().take(MOST).for_each(|(_, nth)| stays[*nth] = true);
    let mut stays = stays.into_iter();
    let kept = groups.iter().map(|group| (group.label, group.names.iter().filter(|_| stays.next() == Some(true)).collect::<Vec<_>>()));
    kept.filter(|(_, names)| !names.is_empty()).collect()
}

/// The levels of the right and of the left side, about as many on each. A group that is cut has its label on both.
fn sides<'g, 'a>(groups: &[(&'a str, Vec<&'g Name<'a>>)]) -> (Vec<Row<'g, 'a>>, Vec<Row<'g, 'a>>) {
    let total: usize = groups.iter().map(|(_, names)| names.len() + 1).sum();
    let half = if total <= 4 { total } else { total.div_ceil(2) };
    let (mut right, mut left) = (Vec::new(), Vec::new());
    for (label, names) in groups {
        let room = half.saturating_sub(right.len());
        // Neither a label by itself nor one name away from its group.
        let cut = if names.len() < room { names.len() } else { room.saturating_sub(1) };
        let cut = if cut < 2 && cut < names.len() { 0 } else { cut };
        for (side, names) in [(&mut right, &names[..cut]), (&mut left, &names[cut..])] {
            if !names.is_empty() {
                side.push(Row::Label(label));
                side.extend(names.iter().map(|name| Row::Name(name)));
            }
        }
    }
    (right, left)
}

/// The name in the middle, on as many lines as it needs, three at most.
struct Hub {
    lines: Vec<String>,
    x: f64,
    y: f64,
    /// From its middle to where its lines begin.
    half: f64,
    height: f64,
}

/// The name in the middle is set larger than the others by this factor, in lines of this height and no longer than this.
const LARGER: f64 = 1.25;
const HUB_LINE: f64 = 19.0;
const HUB_WIDTH: f64 = 112.0;

impl Hub {
    fn of(name: &str, at_the_left: bool, height: f64) -> Self {
        let lines = wrapped(name, HUB_WIDTH / LARGER);
        let half = lines.iter().map(|line| ink::width(line)).fold(0.0, f64::max) * LARGER / 2.0 + 8.0;
        let x = if at_the_left { half } else { WIDTH / 2.0 };
        Self { lines, x, y: height / 2.0, half, height }
    }

    fn push_name(&self, svg: &mut String) {
        #[expect(clippy::cast_precision_loss, reason = "three lines at most")]
        let top = self.y + 5.0 - (self.lines.len() as f64 - 1.0) * HUB_LINE / 2.0;
        for (nth, line) in (0_u8..).zip(&self.lines) {
            push_words(svg, "hub", self.x, top + f64::from(nth) * HUB_LINE, line);
        }
    }

    fn push_side(&self, svg: &mut String, rows: &[Row<'_, '_>], sign: f64) {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen levels")]
        let top = self.y - (rows.len() as f64 - 1.0) * LEVEL / 2.0;
        let class = if sign < 0.0 { "to-left" } else { "" };
        for (nth, row) in rows.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few dozen levels")]
            let y = top + nth as f64 * LEVEL;
            let x = self.x + sign * self.reach(y);
            let room = if sign < 0.0 { x } else { WIDTH - x } - 12.0;
            match row {
                Row::Label(label) => {
                    push_words(svg, ["rel", class].join(" ").trim_end(), x + sign * 9.0, y + 6.0, &ink::fitting(label, room));
                }
                Row::Name(name) => {
                    let status = name.status.map_or_else(String::new, |status| format!("s-{}", status.word()));
                    push_link_start(svg, &status, &name.url);
                    self.push_line(svg, x, y, sign);
                    push_words(svg, class, x + sign * 9.0, y + 4.0, &ink::fitting(name.text, room));
                    svg.push_str("</a>");
                }
            }
        }
    }

    /// How far from the middle the arcs are at a level. An arc beside a wide name begins behind it.
    fn reach(&self, y: f64) -> f64 {
        let share = (y - self.y) / (self.height / 2.0 * OPENNESS);
        (REACH * (1.0 - share * share).max(0.0).sqrt()).max(if self.x < WIDTH / 2.0 { self.half + 40.0 } else { 0.0 })
    }

    fn push_line(&self, svg: &mut String, x: f64, y: f64, sign: f64) {
        let start = self.x + sign * self.half;
        let bend = length(f64::midpoint(start, x));
        let (start, x, y, middle) = (length(start), length(x), length(y), length(self.y));
        svg.push_str(&format!(
            "<path d=\"M{start} {middle}C{bend} {middle} {bend} {y} {x} {y}\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"2.5\"/>"
        ));
    }
}

/// A name on three lines at most, each no longer than `room`.
fn wrapped(name: &str, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if is_full(line, word, room) => lines.push(word.to_owned()),
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    if lines.len() > 3 {
        let rest = lines.split_off(2).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| ink::fitting(line, room).into_owned()).collect()
}

fn is_full(line: &str, word: &str, room: f64) -> bool {
    ink::width(line) + ink::width(" ") + ink::width(word) > room
}

/// How high a line of names is: what no two labels may share.
pub const LINE: f64 = TYPE * 1.3;

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of these sizes, with names as long as names are.
    fn groups(sizes: &[usize]) -> Vec<Group<'static>> {
        let name = |nth: usize| Name {
            text: ["Sample", "The Test Institute for Long Names and Even Longer Titles", "字节跳动", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"]
                [nth % 4],
            url: format!("/entities/test-{nth}/"),
            status: [None, Some(Status::Attributed)][nth % 2],
            weight: nth,
        };
        let group = |size: &usize| Group { label: "is a customer of", names: (0..*size).map(name).collect() };
        sizes.iter().map(group).collect()
    }

    /// The boxes of all words in a drawing, by the widest font: left, top, right, bottom.
    fn boxes(web: &Web) -> Vec<[f64; 4]> {
        let number =
            |text: &str, name: &str| text.split_once(&format!(" {name}=\"")).unwrap().1.split_once('"').unwrap().0.parse::<f64>().unwrap();
        let text = |part: &str| {
            let (head, words) = part.split_once('>').unwrap();
            let words = words.split_once("</text>").unwrap().0;
            let hub = head.contains("hub");
            let width = ink::width(words) * if hub { 1.25 } else { 1.0 };
            let (x, y) = (number(head, "x"), number(head, "y"));
            let left = if hub {
                x - width / 2.0
            } else if head.contains("to-left") {
                x - width
            } else {
                x
            };
            [left, y - TYPE, left + width, y + LINE - TYPE]
        };
        web.svg.split("<text").skip(1).map(text).collect()
    }

    /// `labels` are those beside the three lines of the name in the middle.
    fn check(sizes: &[usize], labels: usize) {
        let web = draw("Sample Works of the North and of the South", &groups(sizes)).unwrap();
        let boxes = boxes(&web);
        assert_eq!(boxes.len(), labels + 2, "{sizes:?}");
        for (nth, one) in boxes.iter().enumerate() {
            assert!(one[0] >= 0.0 && one[1] >= 0.0 && one[2] <= web.width && one[3] <= web.height, "{one:?} of {}", web.height);
            for other in &boxes[..nth] {
                let apart = one[0] >= other[2] || one[2] <= other[0] || one[1] >= other[3] || one[3] <= other[1];
                assert!(apart, "{sizes:?}: {one:?} and {other:?}");
            }
        }
        assert_eq!(web.svg.matches("<a href").count(), sizes.iter().sum::<usize>().min(MOST));
    }

    #[test]
    fn no_two_names_overlap() {
        check(&[1], 3);
        check(&[1, 1], 5);
        check(&[2], 4);
        check(&[3, 4], 10);
        check(&[7], 10);
        // A group on both sides has its label on both.
        check(&[1, 5, 1], 12);
        check(&[40], 43);
        check(&[20, 12, 5, 2, 1], 46);
        check(&[1; 40], 81);
        check(&[5; 8], 49);
    }

    #[test]
    fn beyond_forty_the_most_connected_are_drawn() {
        let web = draw("Sample", &groups(&[70, 3])).unwrap();
        assert_eq!((web.more, web.svg.matches("<a href").count()), (33, MOST));
        assert!(web.svg.contains("/entities/test-69/") && !web.svg.contains("/entities/test-2/"));
        assert_eq!(draw("Sample", &[]), None);
    }

    #[test]
    fn names_are_escaped_and_drawn_the_same_each_time() {
        let name = Name { text: "<b>&", url: "/a?\"b".to_owned(), status: None, weight: 1 };
        let web = draw("<i>", &[Group { label: "<u>", names: vec![name] }]).unwrap();
        assert!(
            web.svg.contains("&lt;b&gt;&amp;")
                && web.svg.contains("&lt;u&gt;")
                && web.svg.contains("&lt;i&gt;")
                && web.svg.contains("/a?&quot;b")
        );
        assert_eq!(draw("A", &groups(&[9, 2])), draw("A", &groups(&[9, 2])));
    }
}
