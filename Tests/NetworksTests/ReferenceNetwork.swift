import Foundation

@testable import Networks

/// The paper's network written down plainly in Double: what the fast one is compared with.
struct ReferenceNetwork {
    var layers: [(units: Int, hasBatchNormalization: Bool, activation: (Double) -> Double)]
    var inputCount: Int

    /// The mean loss of a batch in training, without dropout; parameters as `ParameterStore` orders them.
    func loss(_ parameters: [Double], rows: [[Double]], labels: [Double]) -> Double {
        let logits = forward(parameters, rows: rows)
        let losses = zip(logits, labels).map { logit, label in
            log(1 + exp(-abs(logit))) + max(logit, 0) - label * logit
        }
        return losses.reduce(0, +) / Double(rows.count)
    }

    /// The logits of a batch in training, without dropout.
    func forward(_ parameters: [Double], rows: [[Double]]) -> [Double] {
        var position = 0
        func take(_ count: Int) -> [Double] {
            defer { position += count }
            return Array(parameters[position..<position + count])
        }
        var values = rows
        var width = inputCount
        for layer in layers {
            let weights = take(layer.units * width)
            let biases = take(layer.units)
            var sums = values.map { row in
                (0..<layer.units).map { unit in biases[unit] + (0..<width).reduce(0) { $0 + weights[unit * width + $1] * row[$1] }
                }
            }
            if layer.hasBatchNormalization {
                let scales = take(layer.units)
                let shifts = take(layer.units)
                for unit in 0..<layer.units {
                    let column = sums.map { $0[unit] }
                    let mean = column.reduce(0, +) / Double(column.count)
                    let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
                    for row in sums.indices {
                        sums[row][unit] = scales[unit] * (column[row] - mean) / (variance + 1e-5).squareRoot() + shifts[unit]
                    }
                }
            }
            values = sums.map { $0.map(layer.activation) }
            width = layer.units
        }
        let weights = take(width)
        let bias = take(1)[0]
        return values.map { row in bias + zip(weights, row).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// The loss's derivatives by central differences, good to about 1e-9.
    func gradient(_ parameters: [Double], rows: [[Double]], labels: [Double]) -> [Double] {
        parameters.indices.map { index in
            let step = 1e-5
            var above = parameters
            var below = parameters
            above[index] += step
            below[index] -= step
            return (loss(above, rows: rows, labels: labels) - loss(below, rows: rows, labels: labels)) / (2 * step)
        }
    }
}
