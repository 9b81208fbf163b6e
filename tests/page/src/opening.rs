//! Ways into the page that several tests take.

use crate::browser::{Browser, Site};

impl Browser {
    /// Opens the page for data, ready for files.
    pub(crate) async fn open_data(&self, site: &Site) {
        let address = format!("{}#/data", site.origin);
        self.client.goto(&address).await.unwrap();
        self.until("document.querySelector('#files')").await;
    }

    /// Opens the page in a theme, ready for the example.
    pub(crate) async fn open_in_theme(&self, site: &Site, theme: &str) {
        self.client.goto(&site.origin).await.unwrap();
        self.until("document.querySelector('#demo')").await;
        self.js(&format!("localStorage.setItem('theme', '{theme}')"))
            .await;
        self.client.refresh().await.unwrap();
        self.until("document.querySelector('#demo')").await;
        let is_theme = format!("document.documentElement.dataset.theme == '{theme}'");
        self.until(&is_theme).await;
    }
}
