## Convolutional nets with skip connections, after "Neural Architecture Search with Reinforcement Learning" (Zoph & Le, ICLR 2017): four to
## eight layers, each over any of the maps before it; what no layer takes goes to the classifier.
grammar ConvNet(image: Tensor) -> Tensor {
    Net            = let maps = chain([image], int(4..8), earlier -> Layer(earlier)) in classify(concat(unused(maps)))
    Layer(earlier) = conv(Filters, size: [Side, Side], stride: Stride)(concat(subset(earlier))) >> relu >> batch_norm
    Filters        = 24 | 36 | 48 | 64
    Side           = 1 | 3 | 5 | 7
    Stride         = 1 @3 | 2
}
