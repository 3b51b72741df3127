use super::*;

fn point(first: i32, last: i32, low: f64, high: f64) -> Point {
    let (first, last) = Point::days(first, last).unwrap();
    let (url, figure, date, who) = (format!("/a/#{low}"), format!("{low} in words"), String::new(), String::new());
    let status = Status::Attributed;
    Point { first, last, low, high, approximate: false, status, contradicted: false, name: 0, url, figure, date, who, times: 1 }
}

fn at(day: i32, figure: f64) -> Point {
    point(day, day, figure, figure)
}

/// What is drawn of points, after it is made sure that every dot is on the sheet.
fn drawn(points: Vec<Point>, names: &[&str]) -> String {
    let (figure, tick) = (|figure: f64| figure.to_string(), |tick: Tick| format!("{}-{:?}", tick.year, tick.month));
    let chart = Chart { points: settle(points, 200), names: names.to_vec(), unit: "km" };
    let svg = chart.draw(Paper { width: 300.0, height: 160.0 }, Language { figure: &figure, tick: &tick });
    for (x, y) in dots(&svg) {
        assert!((0.0..=300.0).contains(&x) && (20.0..=160.0).contains(&y), "{x} {y}: {svg}");
    }
    svg
}

fn dots(svg: &str) -> Vec<(f64, f64)> {
    let number = |part: &str, name: &str| part.split_once(name).unwrap().1.split_once('"').unwrap().0.parse::<f64>().unwrap();
    svg.split("<circle class=\"hit\"").skip(1).map(|part| (number(part, "cx=\""), number(part, "cy=\""))).collect()
}

#[test]
fn dots_stand_by_date_and_figure() {
    let dots = dots(&drawn(vec![at(20_240_101, 30.0), at(20_200_101, 10.0), at(20_220_101, 20.0)], &[]));
    assert!(dots.is_sorted_by(|a, b| a.0 < b.0 && a.1 > b.1), "{dots:?}");
    // The years between are equal, and so are the ways between the dots.
    assert!((dots[2].0 - 2.0 * dots[1].0 + dots[0].0).abs() < 0.3, "{dots:?}");
}

#[test]
fn a_gap_in_time_is_a_gap_on_the_axis() {
    let dots = dots(&drawn(vec![at(19_000_101, 1.0), at(19_010_101, 2.0), at(20_240_101, 3.0)], &[]));
    assert!(dots[2].0 - dots[1].0 > 50.0 * (dots[1].0 - dots[0].0), "{dots:?}");
    assert!(!drawn(vec![at(19_000_101, 1.0), at(20_240_101, 3.0)], &[]).contains("<line"), "no line joins two dots");
}

#[test]
fn one_point_or_equal_ones_are_no_chart() {
    assert!(!speaks(&settle(vec![at(20_240_101, 5.0)], 200)));
    assert!(!speaks(&settle(vec![at(20_240_101, 5.0), at(20_240_101, 5.0)], 200)));
    assert!(!speaks(&[]) && drawn(Vec::new(), &[]).is_empty());
    assert!(speaks(&settle(vec![at(20_240_101, 5.0), at(20_240_101, 6.0)], 200)));
    assert!(speaks(&settle(vec![at(20_240_101, 5.0), at(20_250_101, 5.0)], 200)));
}

#[test]
fn what_is_said_twice_is_drawn_once() {
    let svg = drawn(vec![at(20_240_101, 5.0), at(20_240_101, 5.0), at(20_240_101, 6.0)], &[]);
    assert_eq!(dots(&svg).len(), 2);
    assert!(svg.contains("5 in words ×2") && !svg.contains("6 in words ×"));
}

#[test]
fn equal_negative_and_huge_figures_stay_on_the_sheet() {
    drawn(vec![at(20_240_101, 5.0), at(20_250_101, 5.0)], &[]);
    drawn(vec![at(20_240_101, -5.0), at(20_250_101, 7.0), at(20_260_101, -900.0)], &[]);
    drawn(vec![at(20_240_101, 0.0), at(20_250_101, 0.0)], &[]);
    drawn(vec![at(20_240_101, 1e300), at(20_250_101, -1e300)], &[]);
    drawn(vec![at(20_240_101, 1e-300), at(20_250_101, 1e300)], &[]);
}

#[test]
fn marks_say_how_sure_a_figure_is() {
    let about = Point { approximate: true, ..at(20_240_101, 5.0) };
    let disputed = Point { status: Status::Disputed, ..at(20_240_201, 6.0) };
    let contradicted = Point { contradicted: true, ..at(20_240_301, 7.0) };
    let refuted = Point { status: Status::Refuted, ..at(20_240_401, 8.0) };
    let svg = drawn(vec![about, disputed, contradicted, refuted], &[]);
    assert_eq!([svg.matches("\"open\"").count(), svg.matches("\"ring\"").count(), svg.matches("l10 10m0 -10").count()], [1, 2, 1]);
}

#[test]
fn spans_and_ranges_have_whiskers() {
    let year = point(20_230_101, 20_231_231, 5.0, 5.0);
    let range = point(20_240_601, 20_240_601, 2.0, 8.0);
    let least = point(20_250_601, 20_250_601, 4.0, f64::INFINITY);
    let most = point(20_250_701, 20_250_701, f64::NEG_INFINITY, 3.0);
    let svg = drawn(vec![year, range, least, most], &[]);
    assert!(
        svg.contains("h6m-3 0V")
            && svg.contains("m-3 0h6")
            && svg.matches("r=\"3.5\"").count() == 3
            && svg.contains("v-11m-3 3l3 -3l3 3")
            && svg.contains("v11m-3 -3l3 3l3 -3"),
        "{svg}"
    );
    assert!(settle(vec![point(20_250_601, 20_250_601, f64::NEG_INFINITY, f64::INFINITY)], 9).is_empty());
}

#[test]
fn open_ends_stand_at_the_other_end() {
    assert_eq!(Point::days(i32::MIN, 19_700_103), Some((2, 2)));
    assert_eq!(Point::days(i32::MIN, i32::MAX), None);
}

#[test]
fn a_thousand_figures_are_thinned_and_none_that_is_disputed_goes() {
    let figure = |nth: i32| Point {
        status: if nth % 100 == 7 { Status::Disputed } else { Status::Attributed },
        ..at((1000 + nth) * 10_000 + 101, f64::from(nth * 37 % 101))
    };
    let thin = settle((0..1_000).map(figure).collect(), 200);
    assert!((100..=205).contains(&thin.len()), "{}", thin.len());
    assert_eq!(thin.iter().filter(|point| point.status == Status::Disputed).count(), 10);
    let extreme = |extreme: f64| thin.iter().any(|point| (point.low - extreme).abs() < 0.5);
    assert!(extreme(0.0) && extreme(100.0));
    let all_disputed = (0..1_000).map(|nth| Point { contradicted: true, ..figure(nth) });
    assert!(settle(all_disputed.collect(), 200).len() <= 205);
}

#[test]
fn names_stand_beside_their_last_figure_and_apart() {
    let named = |name: usize, figure: f64| Point { name, ..at(20_240_101, figure) };
    let names = ["Ada Sample and Sons of a very long name", "Test Bridge", "Test Lake"];
    let svg = drawn(vec![named(0, 5.0), named(1, 5.1), named(2, 80.0)], &names);
    let number = |part: &str| part.split_once("y=\"").unwrap().1.split_once('"').unwrap().0.parse::<f64>().unwrap();
    let mut levels: Vec<f64> = svg.split("<text class=\"name\"").skip(1).map(number).collect();
    levels.sort_by(f64::total_cmp);
    assert!(levels.len() == 3 && levels.windows(2).all(|pair| pair[1] - pair[0] >= TYPE * 1.15), "{levels:?}");
    assert!(svg.contains("Ada Sam") && svg.contains("…</text>"));
}
