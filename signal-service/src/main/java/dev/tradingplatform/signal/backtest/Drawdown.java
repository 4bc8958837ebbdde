package dev.tradingplatform.signal.backtest;

/**
 * The deepest fall of a curve from a value it had reached before. Immutable.
 *
 * @param fraction part of the value at the peak that was lost; 0 when it never fell
 * @param peak index of the last bar before the fall; -1 when it never fell
 * @param trough index of the deepest bar; -1 when it never fell
 * @param recovered index of the first bar after it that is as high as the peak; -1 when there is none
 */
record Drawdown(double fraction, int peak, int trough, int recovered) {

    static Drawdown deepest(double[] curve) {
        double fraction = 0;
        int high = 0;
        int peak = -1;
        int trough = -1;
        for (int i = 0; i < curve.length; i++) {
            if (curve[i] >= curve[high]) {
                high = i;
            } else if (1 - curve[i] / curve[high] > fraction) {
                fraction = 1 - curve[i] / curve[high];
                peak = high;
                trough = i;
            }
        }
        return new Drawdown(fraction, peak, trough, recovered(curve, peak, trough));
    }

    private static int recovered(double[] curve, int peak, int trough) {
        for (int i = Math.max(0, trough); peak >= 0 && i < curve.length; i++) {
            if (curve[i] >= curve[peak]) {
                return i;
            }
        }
        return -1;
    }
}
