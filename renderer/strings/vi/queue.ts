export const queue = {
  title: 'Hàng đợi',
};
