use assay::lm::gguf::TensorType;
use assay::lm::gpu::{Gpu, tiles};
fn main() {
    let gpu = pollster::block_on(Gpu::open()).unwrap();
    for kind in [TensorType::Q8_0, TensorType::Q4_1, TensorType::F32] {
        for (tile, flops) in pollster::block_on(tiles(&gpu, kind)).unwrap() {
            println!("{} {:?} {:.2} GF/s", kind.name(), tile, flops / 1e9);
        }
    }
}
