/// An object that is gone through like a list, but whose elements are made only when they are asked for.
public protocol LazyList: LanguageObject {
    /// How many there are; nil where there is no end, or more than fit a list.
    var count: Int? { get }
    /// An element by its position, from 0; nil after the last one. Best asked for in order.
    func element(_ slot: Int) -> Value?
}
