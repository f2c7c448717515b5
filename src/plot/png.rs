//! From SVG to pixels, two per unit, with the bundled fonts and no others.

use std::sync::{Arc, LazyLock};

use ::png::{ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Color, FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::PlotError;
use super::canvas::Image;
use super::text::{BOLD, REGULAR};

const SCALE: f32 = 2.0;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    Arc::new(fonts)
});

/// Draws white paper, then the images, then the SVG.
pub(super) fn render(svg: &str, images: &[Image]) -> Result<Vec<u8>, PlotError> {
    let options = Options { fontdb: FONTS.clone(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(failed)?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| failed("it has no size"))?;
    let mut picture = Pixmap::new(size.width(), size.height()).ok_or_else(|| failed("it is too large"))?;
    picture.fill(Color::WHITE);
    let paint = PixmapPaint { quality: FilterQuality::Nearest, ..PixmapPaint::default() };
    for image in images {
        let (x, y) = ((image.x as f32 * SCALE).round() as i32, (image.y as f32 * SCALE).round() as i32);
        picture.draw_pixmap(x, y, image.pixels.as_ref(), &paint, Transform::identity(), None);
    }
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    encode(&picture)
}

/// Opaque pixels as a PNG file. Flat colours pack best as they are: the usual filters make the file half as large
/// again.
pub(super) fn encode(pixels: &Pixmap) -> Result<Vec<u8>, PlotError> {
    let colours: Vec<u8> =
        pixels.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&colours).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

fn failed(why: impl ToString) -> PlotError {
    PlotError::Png(why.to_string())
}
