//! The echo workload on axum: each body becomes a struct by serde, and is written from it.
use axum::{routing::post, Json, Router};
use serde::{de::DeserializeOwned, Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Small {
    name: String,
    description: String,
    price: f64,
    tax: Option<f64>,
}

#[derive(Deserialize, Serialize)]
struct Image {
    url: String,
    name: String,
}

#[derive(Deserialize, Serialize)]
struct Medium {
    name: String,
    price: f64,
    image: Image,
}

#[derive(Deserialize, Serialize)]
struct Country {
    name: String,
    code: String,
}

#[derive(Deserialize, Serialize)]
struct Address {
    street: String,
    city: String,
    country: Country,
}

#[derive(Deserialize, Serialize)]
struct Seller {
    name: String,
    address: Address,
}

#[derive(Deserialize, Serialize)]
struct Large {
    name: String,
    price: f64,
    seller: Seller,
}

#[derive(Deserialize, Serialize)]
struct VeryLarge {
    name: String,
    tags: Vec<String>,
    images: Vec<Image>,
}

#[derive(Deserialize, Serialize)]
struct DeclaredSeller {
    name: String,
    email: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct MediumDeclared {
    name: String,
    description: String,
    price: f64,
    seller: DeclaredSeller,
}

#[derive(Deserialize, Serialize)]
struct Tag {
    name: String,
}

#[derive(Deserialize, Serialize)]
struct VeryLargeDeclared {
    name: String,
    description: String,
    price: f64,
    tags: Vec<Tag>,
}

#[derive(Deserialize, Serialize)]
struct Product {
    name: String,
    description: String,
    price: f64,
}

#[derive(Deserialize, Serialize)]
struct Catalogue {
    name: String,
    items: Vec<Product>,
}

pub fn routes(router: Router) -> Router {
    let echoes = Router::new()
        .route("/echo/small", post(echo::<Small>))
        .route("/echo/medium", post(echo::<Medium>))
        .route("/echo/large", post(echo::<Large>))
        .route("/echo/very-large", post(echo::<VeryLarge>))
        .route("/echo/medium-declared", post(echo::<MediumDeclared>))
        .route("/echo/very-large-declared", post(echo::<VeryLargeDeclared>))
        .route("/echo/catalogue", post(echo::<Catalogue>));
    router.merge(echoes)
}

async fn echo<T: DeserializeOwned + Serialize>(Json(body): Json<T>) -> Json<T> {
    Json(body)
}
