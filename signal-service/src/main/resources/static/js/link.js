/**
 * Shows the crosshair of one chart at the same bar of the other ones.
 *
 * @param charts each with onCrosshair(callback with a time or null), showCrosshair(time) and hideCrosshair()
 */
export function linkCrosshairs(...charts) {
  charts.forEach((chart) => chart.onCrosshair((time) => charts.filter((other) => other !== chart)
    .forEach((other) => (time === null ? other.hideCrosshair() : other.showCrosshair(time)))));
}
